# Reference values for crates/stats `panel`: what lavaan says of random-intercept and classic
# cross-lagged panel models, complete and with missing values, paths free and equal.
# Run:  apt-get install r-base-core r-cran-lavaan r-cran-jsonlite
#       Rscript tools/reference/panel.R crates/stats/tests/data/panel.json
suppressMessages(library(lavaan))
library(jsonlite)
out <- commandArgs(trailingOnly = TRUE)[1]
set.seed(20261122)

# Values sit on a grid of 1/64, which both sides hold exactly; files hold 64 times the value.
grid <- function(x) round(x * 64)

simulate <- function(n, waves, paths, between = c(1, .4, .8), residual = c(1, .3, .9), missing = "none", share = 0) {
  l <- t(chol(matrix(between[c(1, 2, 2, 3)], 2)))
  r <- t(chol(matrix(residual[c(1, 2, 2, 3)], 2)))
  ri <- matrix(rnorm(2 * n), n) %*% t(l)
  a <- matrix(paths, 2, byrow = TRUE)
  w <- matrix(rnorm(2 * n), n) %*% t(r) * 1.2
  x <- y <- matrix(NA, n, waves)
  for (t in 1:waves) {
    if (t > 1) w <- w %*% t(a) + matrix(rnorm(2 * n), n) %*% t(r)
    x[, t] <- 3 + .1 * t + ri[, 1] + w[, 1]
    y[, t] <- 2 - .1 * t + 2 * (ri[, 2] + w[, 2])
  }
  d <- cbind(x, y)
  if (missing == "random") d[runif(length(d)) < share] <- NA
  if (missing == "waves") for (t in 1:waves) { gone <- runif(n) < share; d[gone, c(t, waves + t)] <- NA }
  if (missing == "dropout") for (i in 1:n) {
    last <- waves - rgeom(1, 1 - share)
    if (last < 2) last <- 2
    if (last < waves) d[i, c((last + 1):waves, waves + (last + 1):waves)] <- NA
  }
  grid(d)
}

model <- function(waves, kind, paths, residuals) {
  equal <- function(label) if (paths == "equal") paste0(label, "*") else ""
  held <- function(label, t) if (residuals == "equal" && t > 1) paste0(label, "*") else ""
  lines <- c(
    if (kind != "classic") c(
      paste("RIx =~", paste0("1*x", 1:waves, collapse = " + ")),
      paste("RIy =~", paste0("1*y", 1:waves, collapse = " + ")),
      "RIx ~~ RIx", "RIy ~~ RIy", "RIx ~~ RIy"),
    paste0("wx", 1:waves, " =~ 1*x", 1:waves), paste0("wy", 1:waves, " =~ 1*y", 1:waves),
    paste0("x", 1:waves, " ~~ 0*x", 1:waves), paste0("y", 1:waves, " ~~ 0*y", 1:waves))
  for (t in 2:waves) lines <- c(lines,
    sprintf("wx%d ~ %swx%d + %swy%d", t, equal("a"), t - 1, equal("b"), t - 1),
    sprintf("wy%d ~ %swx%d + %swy%d", t, equal("c"), t - 1, equal("d"), t - 1))
  for (t in 1:waves) lines <- c(lines,
    sprintf("wx%d ~~ %swx%d", t, held("p", t), t), sprintf("wy%d ~~ %swy%d", t, held("q", t), t),
    sprintf("wx%d ~~ %swy%d", t, held("r", t), t))
  paste(lines, collapse = "\n")
}

answer <- function(name, waves, data, kind, paths, residuals = "free", robust = FALSE) {
  d <- as.data.frame(data / 64)
  names(d) <- c(paste0("x", 1:waves), paste0("y", 1:waves))
  fit <- lavaan(model(waves, kind, paths, residuals), data = d, missing = "ML", meanstructure = TRUE,
    int.ov.free = TRUE, fixed.x = FALSE, em.h1.tol = 1e-10, em.h1.iter.max = 10000,
    optim.gradient = "analytic", control = list(iter.max = 10000),
    estimator = if (robust) "MLR" else "ML")
  stopifnot(lavInspect(fit, "converged"))
  p <- parameterEstimates(fit, standardized = TRUE, remove.nonfree = TRUE)
  keep <- p[p$op != "=~", ]
  m <- fitMeasures(fit, c("chisq", "df", "cfi", "tli", "rmsea", "srmr", "logl", "aic", "bic", "npar", "baseline.chisq", "baseline.df", "unrestricted.logl"))
  s <- standardizedSolution(fit)
  s <- s[s$op == "~" | (s$op == "~~" & s$lhs == "RIx" & s$rhs == "RIy"), ]
  cat(name, kind, paths, residuals, robust, m["chisq"], m["df"], "\n")
  list(data = name, kind = kind, paths = paths, residuals = residuals, robust = robust,
    lhs = keep$lhs, op = keep$op, rhs = keep$rhs, est = keep$est, se = keep$se,
    std = list(lhs = s$lhs, rhs = s$rhs, est = s$est.std, se = s$se), fit = as.list(m))
}

stable <- c(.4, .15, .2, .5)
panels <- list(
  list(name = "three waves", waves = 3, d = simulate(400, 3, stable)),
  list(name = "three waves, random gaps", waves = 3, d = simulate(500, 3, stable, missing = "random", share = .15)),
  list(name = "four waves, dropout", waves = 4, d = simulate(240, 4, stable, missing = "dropout", share = .15)),
  list(name = "five waves, waves missed", waves = 5, d = simulate(200, 5, stable, missing = "waves", share = .1)),
  list(name = "six waves, random gaps", waves = 6, d = simulate(200, 6, c(.3, 0, -.2, .4), missing = "random", share = .2)),
  list(name = "eight waves, dropout", waves = 8, d = simulate(160, 8, stable, missing = "dropout", share = .05)),
  list(name = "ten waves", waves = 10, d = simulate(150, 10, c(.2, .1, .1, .3))),
  list(name = "twelve waves, random gaps", waves = 12, d = simulate(150, 12, stable, missing = "random", share = .1)))

cases <- list()
for (q in panels) {
  for (kind in c("ri", "classic")) for (paths in c("free", "equal"))
    cases[[length(cases) + 1]] <- answer(q$name, q$waves, q$d, kind, paths)
  cases[[length(cases) + 1]] <- answer(q$name, q$waves, q$d, "ri", "equal", "equal")
  if (q$waves < 7) cases[[length(cases) + 1]] <- answer(q$name, q$waves, q$d, "ri", "free", robust = TRUE)
}
writeLines(toJSON(list(source = paste("lavaan", packageVersion("lavaan"), "R", getRversion()),
  panels = lapply(panels, function(q) list(name = q$name, waves = q$waves, times_64 = unname(q$d))), cases = cases),
  digits = 6, na = "null", auto_unbox = TRUE), out)
