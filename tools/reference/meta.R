# Reference values for crates/stats `meta` (metafor).
# Run:  apt-get install r-base-core r-cran-metafor r-cran-jsonlite
#       apt-get install r-cran-clubsandwich
#       Rscript tools/reference/meta.R crates/stats/tests/data/meta.json ../shared/data
# The second argument holds meta/dat.mcdaniel1994.csv and experiments/nudge-meta.csv, whose rows are
# not in the repository.
suppressMessages({ library(metafor); library(clubSandwich); library(jsonlite) })
args <- commandArgs(trailingOnly = TRUE)
set.seed(20261122)
tight <- list(threshold = 1e-13, maxiter = 20000, stepadj = 0.5)

say <- function(fit) {
  pi <- predict(fit)
  ci <- if (fit$method != "EE" && fit$method != "FE") confint(fit, control = list(tol = 1e-14 * max(1, var(as.numeric(fit$yi))), tau2.max = 1e5 * var(as.numeric(fit$yi))))$random["tau^2", ] else NULL
  list(method = fit$method, test = fit$test, mean = as.numeric(fit$beta), se = fit$se, low = fit$ci.lb, high = fit$ci.ub,
       tau2 = fit$tau2, tau2_se = fit$se.tau2, i2 = fit$I2 / 100, h2 = fit$H2, q = fit$QE, q_p = fit$QEp,
       pi_low = if (is.null(ci)) NULL else pi$pi.lb, pi_high = if (is.null(ci)) NULL else pi$pi.ub,
       tau2_low = if (is.null(ci)) NULL else ci[["ci.lb"]], tau2_high = if (is.null(ci)) NULL else ci[["ci.ub"]])
}
# Each study a cluster of its own: CR2 with Satterthwaite degrees of freedom.
robust <- function(fit) {
  v <- vcovCR(fit, cluster = seq_len(fit$k), type = "CR2"); ci <- conf_int(fit, vcov = v)
  list(method = fit$method, test = "robust", mean = ci$beta, se = ci$SE, df = ci$df, low = ci$CI_L, high = ci$CI_U)
}
all_of <- function(name, yi, vi) list(name = name, yi = yi, vi = vi,
  robust = list(robust(rma(yi, vi, method = "REML", control = tight)), robust(rma(yi, vi, method = "DL")), robust(rma(yi, vi, method = "EE"))),
  fits = list(
  say(rma(yi, vi, method = "REML", control = tight)), say(rma(yi, vi, method = "REML", test = "knha", control = tight)),
  say(rma(yi, vi, method = "REML", test = "adhoc", control = tight)),
  say(rma(yi, vi, method = "DL")), say(rma(yi, vi, method = "DL", test = "knha")), say(rma(yi, vi, method = "HS")),
  say(rma(yi, vi, method = "EE"))))

bcg <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
cases <- list(
  all_of("thirteen trials of BCG vaccine", as.numeric(bcg$yi), as.numeric(bcg$vi)),
  all_of("differ no more than chance", c(1.0, 1.1, 0.95, 1.05), c(0.5, 0.4, 0.3, 0.6)),
  all_of("two", c(0.2, 0.9), c(0.02, 0.05)),
  all_of("three", c(-0.4, 0.1, 0.3), c(0.01, 0.02, 0.05)),
  all_of("forty, sizes of every kind", round(rnorm(40, 0.3, 0.3) + rnorm(40, 0, 0.2), 4), round(exp(rnorm(40, -3, 1.5)), 6)),
  all_of("large numbers", round(rnorm(12, 1e6, 3e4)), round(runif(12, 1e8, 9e8))))

n <- round(exp(rnorm(25, 4.5, 0.7)) + 10); r <- round(tanh(rnorm(25, 0.25, 0.15) + rnorm(25) / sqrt(n)), 3)
a <- round(runif(25, 0.6, 0.95), 3)
hs <- function(r, n, test = "z") rma(measure = "COR", ri = r, ni = n, weights = n, method = "HS", vtype = "AV", test = test, control = tight)
bare <- function(r, n) { m <- sum(n * r) / sum(n); v <- sum(n * (r - m)^2) / sum(n); e <- (1 - m^2)^2 / (mean(n) - 1)
  list(observed = v, error = e, rest = v - e) }
# Corrected one by one for attenuation: the book's formulas written out, metafor for the rest.
corrected <- local({
  m <- sum(n * r) / sum(n); v <- (1 - m^2)^2 / (n - 1) / a^2; w <- n * a^2; rc <- r / a
  fit <- rma(rc, v, weights = w, method = "HS"); mc <- sum(w * rc) / sum(w)
  c(say(fit), list(observed = sum(w * (rc - mc)^2) / sum(w), error = sum(w * v) / sum(w))) })
z <- escalc(measure = "ZCOR", ri = r, ni = n)
correlations <- list(r = r, n = n, attenuation = a, hs = say(hs(r, n)), hs_knha = say(hs(r, n, "knha")), hs_robust = robust(hs(r, n)), bare = bare(r, n), corrected = corrected,
  fisher = say(rma(z$yi, z$vi, method = "REML", control = tight)), raw = say(rma(measure = "COR", ri = r, ni = n, method = "REML", control = tight)))

m <- read.csv(file.path(args[2], "meta/dat.mcdaniel1994.csv")); nd <- read.csv(file.path(args[2], "experiments/nudge-meta.csv"))
shared <- list(mcdaniel = list(hs = say(hs(m$ri, m$ni)), bare = bare(m$ri, m$ni), raw = say(rma(measure = "COR", ri = m$ri, ni = m$ni, method = "REML", control = tight))),
  nudge = list(reml = say(rma(nd$cohens_d, nd$variance_d, method = "REML", control = tight)),
               knha = say(rma(nd$cohens_d, nd$variance_d, method = "REML", test = "knha", control = tight)),
               dl = say(rma(nd$cohens_d, nd$variance_d, method = "DL"))))
source <- list(what = "meta-analysis", by = paste(R.version.string, "metafor", packageVersion("metafor"), "clubSandwich", packageVersion("clubSandwich")), script = "tools/reference/meta.R")
write_json(list(source = source, cases = cases, correlations = correlations, shared = shared), args[1], auto_unbox = TRUE, digits = 15)
