# Reference values for crates/stats `panel` with known sampling errors: what OpenMx says, each
# unit's error variances entering as definition variables, for the random-intercept cross-lagged
# panel model, the model without structure, and the model of unrelated columns.
# Run:  apt-get install r-base-core r-cran-openmx r-cran-numderiv r-cran-jsonlite
#       Rscript tools/reference/panel_errors.R crates/stats/tests/data/panel_errors.json
suppressMessages(library(OpenMx))
library(jsonlite)
out <- commandArgs(trailingOnly = TRUE)[1]
set.seed(20261122)
mxOption(key = "Number of Threads", value = 1)
mxOption(key = "Optimality tolerance", value = "1e-12")
mxOption(key = "Default optimizer", value = "SLSQP")

simulate <- function(n, waves, paths, missing, together) {
  l <- t(chol(matrix(c(1, .4, .4, .8), 2)))
  r <- t(chol(matrix(c(1, .3, .3, .9), 2)))
  ri <- matrix(rnorm(2 * n), n) %*% t(l)
  a <- matrix(paths, 2, byrow = TRUE)
  w <- matrix(rnorm(2 * n), n) %*% t(r) * 1.2
  x <- y <- ex <- ey <- exy <- matrix(NA, n, waves)
  for (t in 1:waves) {
    if (t > 1) w <- w %*% t(a) + matrix(rnorm(2 * n), n) %*% t(r)
    m <- sample(3:30, n, TRUE); k <- sample(3:30, n, TRUE)
    ex[, t] <- round(64 * 6 / m) / 64; ey[, t] <- round(64 * 4 / k) / 64
    exy[, t] <- if (together) round(32 * sqrt(ex[, t] * ey[, t])) / 64 else 0
    e1 <- rnorm(n); e2 <- rnorm(n); rho <- exy[, t] / sqrt(ex[, t] * ey[, t])
    x[, t] <- 3 + ri[, 1] + w[, 1] + sqrt(ex[, t]) * e1
    y[, t] <- 2 + ri[, 2] + w[, 2] + sqrt(ey[, t]) * (rho * e1 + sqrt(1 - rho^2) * e2)
  }
  gone <- matrix(runif(2 * n * waves) < missing, n)
  x[gone[, 1:waves]] <- NA; y[gone[, waves + 1:waves]] <- NA
  list(x = round(64 * x), y = round(64 * y), ex = 64 * ex, ey = 64 * ey, exy = 64 * exy)
}

answer <- function(name, waves, d, paths) {
  w <- 1:waves; p <- 2 * waves; names <- c(paste0("x", w), paste0("y", w))
  data <- data.frame(cbind(d$x, d$y, d$ex, d$ey, d$exy) / 64)
  names(data) <- c(names, paste0("ex", w), paste0("ey", w), paste0("exy", w))
  # Means of answers that aren't there are never used.
  dl <- matrix(NA, p, p); dl[cbind(1:p, 1:p)] <- c(paste0("data.ex", w), paste0("data.ey", w))
  for (t in w) dl[t, waves + t] <- dl[waves + t, t] <- paste0("data.exy", t)
  D <- mxMatrix("Symm", p, p, free = FALSE, values = 0, labels = dl, name = "D")
  M <- mxMatrix("Full", 1, p, free = TRUE, values = colMeans(data[, names], na.rm = TRUE), labels = paste0("m", names), name = "M")
  run <- function(model) {
    fit <- mxTryHard(model, extraTries = 10, silent = TRUE, exhaustive = FALSE)
    stopifnot(fit$output$status$code %in% c(0, 1))
    fit
  }
  expect <- function(...) list(mxExpectationNormal("V", "M", dimnames = names), mxFitFunctionML(), mxData(data, "raw"), D, M, ...)
  s <- cov(data[, names], use = "pairwise") * .8; s <- s + diag(.2 * diag(s))
  free <- run(mxModel("free", expect(mxMatrix("Symm", p, p, free = TRUE, values = s, name = "S"), mxAlgebra(S + D, name = "V"))))
  diagonal <- run(mxModel("diag", expect(mxMatrix("Diag", p, p, free = TRUE, values = diag(s), lbound = 1e-6, name = "S"), mxAlgebra(S + D, name = "V"))))
  q <- p + 2; al <- matrix(NA, q, q); af <- matrix(FALSE, q, q); sl <- al; sf <- af; sv <- matrix(0, q, q); av <- sv
  x <- function(t) t; y <- function(t) waves + t
  for (t in 2:waves) {
    lab <- function(k) if (paths == "equal") k else paste0(k, t)
    for (e in list(list(x(t), x(t - 1), "xx", .3), list(x(t), y(t - 1), "xy", .1), list(y(t), x(t - 1), "yx", .1), list(y(t), y(t - 1), "yy", .3))) {
      al[e[[1]], e[[2]]] <- lab(e[[3]]); af[e[[1]], e[[2]]] <- TRUE; av[e[[1]], e[[2]]] <- e[[4]]
    }
  }
  for (t in w) {
    sl[x(t), x(t)] <- paste0("vx", t); sl[y(t), y(t)] <- paste0("vy", t); sl[x(t), y(t)] <- sl[y(t), x(t)] <- paste0("vxy", t)
    sv[x(t), x(t)] <- sv[y(t), y(t)] <- 1; sv[x(t), y(t)] <- sv[y(t), x(t)] <- .2
  }
  sl[p + 1, p + 1] <- "rx"; sl[p + 2, p + 2] <- "ry"; sl[p + 1, p + 2] <- sl[p + 2, p + 1] <- "rxy"
  sv[p + 1, p + 1] <- sv[p + 2, p + 2] <- .7; sv[p + 1, p + 2] <- sv[p + 2, p + 1] <- .2
  sf <- !is.na(sl)
  lambda <- cbind(diag(p), rep(1:0, each = waves), rep(0:1, each = waves))
  fit <- run(mxModel("ri", expect(
    mxMatrix("Full", q, q, free = af, values = av, labels = al, name = "A"),
    mxMatrix("Symm", q, q, free = sf, values = sv, labels = sl, name = "S"),
    mxMatrix("Iden", q, q, name = "I"), mxMatrix("Full", p, q, free = FALSE, values = lambda, name = "L"),
    mxAlgebra((L %*% solve(I - A)) %&% S + D, name = "V"))))
  # OpenMx's standard errors come from differences of its log-likelihood and hold two digits where
  # the top is flat; numDeriv's from the same likelihood written out hold more.
  theta <- fit$output$estimate; exact <- NULL
  if (waves < 5 && (waves == 3 || paths == "equal")) {
    y <- as.matrix(data[, names]); e <- as.matrix(data[, -(1:p)])
    minus <- function(theta) {
      A <- av * 0; A[af] <- theta[al[af]]; S <- sv * 0; S[sf] <- theta[sl[sf]]
      B <- lambda %*% solve(diag(q) - A); V <- B %*% S %*% t(B); mu <- theta[paste0("m", names)]
      sum(sapply(seq_len(nrow(y)), function(i) {
        o <- which(!is.na(y[i, ])); if (!length(o)) return(0)
        W <- V; diag(W) <- diag(W) + e[i, 1:p]
        for (t in w) W[t, waves + t] <- W[waves + t, t] <- W[t, waves + t] + e[i, p + t]
        r <- chol(W[o, o, drop = FALSE]); z <- backsolve(r, (y[i, ] - mu)[o], transpose = TRUE)
        sum(log(diag(r))) + sum(z^2) / 2
      }))
    }
    exact <- unname(sqrt(diag(solve(numDeriv::hessian(minus, theta)))))
  }
  cat(name, paths, fit$output$fit, free$output$fit, diagonal$output$fit, fit$output$status$code, "\n")
  e <- fit$output$estimate
  list(data = name, paths = paths, name = names(e), est = unname(e), se = unname(fit$output$standardErrors[, 1]),
    exact = exact, loglik = -fit$output$fit / 2, saturated = -free$output$fit / 2, baseline = -diagonal$output$fit / 2)
}

panels <- list(
  list(name = "three waves", waves = 3, d = simulate(300, 3, c(.4, .1, .2, .4), 0, FALSE)),
  list(name = "four waves, gaps", waves = 4, d = simulate(200, 4, c(.4, 0, .2, .4), .15, FALSE)),
  list(name = "five waves, same people", waves = 5, d = simulate(150, 5, c(.4, 0, .2, .4), .1, TRUE)))
cases <- list()
for (q in panels) for (paths in c("free", "equal")) cases[[length(cases) + 1]] <- answer(q$name, q$waves, q$d, paths)
writeLines(toJSON(list(source = paste("OpenMx", packageVersion("OpenMx"), "R", getRversion()),
  panels = lapply(panels, function(q) list(name = q$name, waves = q$waves, x = q$d$x, y = q$d$y, ex = q$d$ex, ey = q$d$ey, exy = q$d$exy)), cases = cases),
  digits = 6, na = "null", auto_unbox = TRUE), out)
