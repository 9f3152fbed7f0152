# Reference values for crates/stats `mediation` (R's lm and boot).
# Run:  apt-get install r-base-core r-cran-boot r-cran-jsonlite
#       Rscript tools/reference/mediation.R crates/stats/tests/data/mediation.json
suppressMessages({ library(boot); library(jsonlite) })
args <- commandArgs(trailingOnly = TRUE)
set.seed(20261122)
sizes <- sample(4:25, 40, TRUE)
g <- rep(seq_along(sizes), sizes); n <- length(g)
u <- rnorm(40); v <- 0.5 * u + rnorm(40)
d <- data.frame(g, x = round(0.6 * rnorm(40)[g] + rnorm(n), 3), w = round(rnorm(n), 3))
d$m <- round(0.5 * d$x + 0.3 * d$w + 0.6 * u[g] + rnorm(n), 3)
d$y <- round(20 + 0.4 * d$m + 0.2 * d$x - 0.2 * d$w + 0.6 * v[g] + rnorm(n), 3)

paths <- function(d, part, covariate) {
  if (part == "between") d <- aggregate(. ~ g, d, mean)
  extra <- paste0(if (covariate) " + w" else "", if (part == "within") " + factor(g)" else "")
  fm <- lm(as.formula(paste("m ~ x", extra)), d); fy <- lm(as.formula(paste("y ~ m + x", extra)), d); ft <- lm(as.formula(paste("y ~ x", extra)), d)
  a <- coef(fm)[["x"]]; b <- coef(fy)[["m"]]
  c(a = a, b = b, direct = coef(fy)[["x"]], indirect = a * b, total = coef(ft)[["x"]], erasing = cor(resid(fm), resid(ft)))
}
# The same from cluster sums, quick enough for 20,000 draws (checked against lm above).
columns <- function(d, part, covariate) {
  if (part == "between") { d <- aggregate(. ~ g, d, mean) }
  if (part == "within") for (k in c("x", "w", "m", "y")) d[[k]] <- d[[k]] - ave(d[[k]], d$g)
  X <- as.matrix(d[, c(if (covariate) "w", "x", "m", "y")]); if (part != "within") X <- cbind(1, X)
  lapply(split(seq_len(nrow(d)), d$g), function(i) crossprod(X[i, , drop = FALSE]))
}
quick <- function(S, covariate) {
  k <- nrow(S); R <- chol(S); x <- k - 2; m <- k - 1
  a <- R[x, m] / R[x, x]; b <- R[m, k] / R[m, m]; total <- R[x, k] / R[x, x]
  c(a, b, total - a * b, a * b, total)
}
one <- function(part, covariate) {
  p <- paths(d, part, covariate); S <- columns(d, part, covariate)
  stat <- function(ids, i) quick(Reduce(`+`, S[ids[i]]), covariate)
  stopifnot(all(abs(stat(1:40, 1:40) - p[1:5]) < 1e-10))
  b <- boot(1:40, stat, R = 20000)
  left <- sapply(1:40, function(k) stat((1:40)[-k], 1:39))
  z <- pnorm(-qt(0.975, 39) * sqrt(40 / 39))
  pct <- function(k) { q <- sort(b$t[, k]); at <- function(s) { h <- (length(q) + 1) * s; f <- floor(h); q[f] * (1 - h + f) + q[f + 1] * (h - f) }; c(at(z), at(1 - z)) }
  bca <- function(k) { L <- 39 * (mean(left[k, ]) - left[k, ]); boot.ci(b, type = "bca", index = k, L = L)$bca[4:5] }
  list(part = part, covariate = covariate, paths = as.list(p), se = apply(b$t, 2, sd),
       percentile = t(sapply(1:5, pct)), bca = t(sapply(1:5, bca)))
}
cases <- list(one("all", FALSE), one("all", TRUE), one("within", FALSE), one("within", TRUE), one("between", FALSE), one("between", TRUE))
source <- list(what = "mediation: paths by lm, intervals by boot drawing clusters (20,000 draws)", by = paste(R.version.string, "boot", packageVersion("boot")),
               script = "tools/reference/mediation.R")
write_json(list(source = source, data = as.list(d), cases = cases), args[1], auto_unbox = TRUE, digits = 15)
