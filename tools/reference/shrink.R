# Reference values for crates/stats `shrink` (metafor: REML and BLUPs) and `share` (clubSandwich).
# Run:  apt-get install r-base-core r-cran-metafor r-cran-clubsandwich r-cran-jsonlite
#       Rscript tools/reference/shrink.R crates/stats/tests/data/shrink.json
suppressMessages({ library(metafor); library(clubSandwich); library(jsonlite) })
out <- commandArgs(trailingOnly = TRUE)[1]
set.seed(7)

one <- function(name, yi, vi) {
  fit <- rma(yi, vi, method = "REML", control = list(threshold = 1e-14, maxiter = 10000, stepadj = 0.5))
  blups <- blup(fit)
  list(name = name, estimates = yi, variances = vi, tau2 = fit$tau2, mean = as.vector(fit$beta),
       mean_se = fit$se, values = blups$pred, se = blups$se)
}
# A full covariance: restricted likelihood and blups written out, since rma takes variances only.
full <- function(name, yi, V) {
  k <- length(yi)
  reml <- function(tau2) {
    W <- solve(V + tau2 * diag(k)); a <- sum(W); mu <- sum(W %*% yi) / a; r <- yi - mu
    -0.5 * (as.numeric(determinant(V + tau2 * diag(k))$modulus) + log(a) + as.numeric(t(r) %*% W %*% r))
  }
  check <- rma.mv(yi, V, random = ~ 1 | id, data = data.frame(yi, id = seq_len(k)),
                  control = list(optimizer = "nlminb", rel.tol = 1e-10))
  slope <- function(tau2) {
    W <- solve(V + tau2 * diag(k)); a <- sum(W); o <- rep(1, k)
    P <- W - (W %*% o %*% t(o) %*% W) / a
    as.numeric(-0.5 * (sum(diag(P)) - t(yi) %*% P %*% P %*% yi))
  }
  tau2 <- uniroot(slope, c(0.2, 5) * check$sigma2, tol = 1e-15)$root
  stopifnot(abs(tau2 - check$sigma2) < 1e-5 * tau2)
  W <- solve(V + tau2 * diag(k)); a <- sum(W); mu <- sum(W %*% yi) / a
  K <- tau2 * W
  post <- tau2 * diag(k) - tau2 * K + ((diag(k) - K) %*% matrix(1, k, k) %*% t(diag(k) - K)) / a
  list(name = name, estimates = yi, covariance = V, tau2 = tau2, mean = mu, mean_se = sqrt(1 / a),
       values = as.vector(mu + K %*% (yi - mu)), se = sqrt(diag(post)))
}

bcg <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
cases <- list(
  one("thirteen trials of BCG vaccine (metafor dat.bcg, log risk ratios)", as.vector(bcg$yi), as.vector(bcg$vi)),
  one("differ no more than chance", c(1.0, 1.1, 0.95, 1.05), c(0.5, 0.4, 0.3, 0.6)),
  one("twenty", round(rnorm(20, -0.5, 0.4) + rnorm(20, 0, 0.2), 4), round(runif(20, 0.01, 0.09), 4)))
k <- 8
A <- matrix(rnorm(k * k), k)
V <- round(0.02 * (A %*% t(A)) + 0.03 * diag(k), 6)
cases[[4]] <- full("eight with a full covariance", round(rnorm(k, 1, 0.8), 4), V)

# Means of clustered rows.
sizes <- c(3, 5, 6, 8, 9, 12, 14, 20, 26, 40, 55)
cluster <- rep(seq_along(sizes) - 1, sizes)
y <- round(6 + rnorm(length(sizes))[cluster + 1] + rnorm(length(cluster), 0, 2))
when <- sample(0:3, length(y), replace = TRUE) / 2
later <- 1 * (when >= 1)
say <- function(fit, k) {
  v <- vcovCR(fit, cluster = factor(cluster), type = "CR2")
  t <- coef_test(fit, vcov = v, test = "Satterthwaite")
  list(value = unname(coef(fit)[k]), se = t$SE[k], df = t$df_Satt[k])
}
shares <- list(cluster = cluster, y = y, when = when,
  mean = say(lm(y ~ 1), 1), difference = say(lm(y ~ later), 2),
  trend_shared = say(lm(y ~ when), 2), trend_within = say(lm(y ~ when + factor(cluster)), 2),
  wilson = list(hits = c(0, 1, 7, 50, 200), n = c(10, 30, 20, 50, 1000),
    low = mapply(function(h, n) suppressWarnings(prop.test(h, n, correct = FALSE)$conf.int[1]), c(0, 1, 7, 50, 200), c(10, 30, 20, 50, 1000)),
    high = mapply(function(h, n) suppressWarnings(prop.test(h, n, correct = FALSE)$conf.int[2]), c(0, 1, 7, 50, 200), c(10, 30, 20, 50, 1000))))

# A logistic calibration with normal priors, by R's optimiser.
n <- 160
score <- round(runif(n), 4)
yes <- rbinom(n, 1, plogis(-3 + 5 * score))
x <- (score - mean(score)) / sqrt(mean((score - mean(score))^2))
objective <- function(p) {
  eta <- p[1] + p[2] * x
  sum(log1p(exp(eta)) - yes * eta) + p[1]^2 / 50 + p[2]^2 / 12.5
}
best <- optim(c(0, 0), objective, method = "BFGS", control = list(reltol = 1e-16, maxit = 10000))$par
best <- nlm(objective, best, gradtol = 1e-12, steptol = 1e-12)$estimate
scale <- sqrt(mean((score - mean(score))^2))
calibrate <- list(score = score, yes = yes, slope = best[2] / scale, constant = best[1] - best[2] * mean(score) / scale)

source <- list(what = "REML, BLUPs, clustered means, Wilson intervals, logistic calibration",
  by = paste("R", getRversion(), "metafor", packageVersion("metafor"), "clubSandwich", packageVersion("clubSandwich")),
  script = "tools/reference/shrink.R")
write_json(list(source = source, cases = cases, shares = shares, calibrate = calibrate), out, auto_unbox = TRUE, digits = 15)
