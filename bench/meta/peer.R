# Is the wide interval of five very unequal studies ours or the method's? clubSandwich's own interval
# (CR2, Satterthwaite) on studies made as `crates/stats/tests/it/meta/simulate.rs` makes them.
# Run:  apt-get install r-cran-metafor r-cran-clubsandwich
#       Rscript bench/meta/peer.R [runs]
suppressMessages({ library(metafor); library(clubSandwich) })
runs <- as.integer(c(commandArgs(trailingOnly = TRUE), "2000")[1])
set.seed(20261128)
cat("| studies | tau | clubSandwich | with our least width | df, median | held where df < 2 | runs with df < 2 |\n|---|---|---|---|---|---|---|\n")
for (plan in list(c(5, .05), c(5, .15), c(10, .05))) {
  k <- plan[1]; tau <- plan[2]
  out <- t(replicate(runs, {
    sd <- 0.05 * 8^runif(k)
    y <- 0.25 + tau * rnorm(k) + sd * rnorm(k)
    fit <- suppressWarnings(rma(y, sd^2, method = "REML", control = list(stepadj = 0.5, maxiter = 10000)))
    ci <- conf_int(fit, vcov = vcovCR(fit, cluster = seq_len(k), type = "CR2"))
    half <- max(ci$CI_U - ci$beta, 0.5 * 1.959964 / sqrt(sum(1 / sd^2)))
    c(ci$CI_L <= .25 && .25 <= ci$CI_U, abs(ci$beta - .25) <= half, ci$df)
  }))
  low <- out[, 3] < 2
  cat(sprintf("| %d | %.2f | %.4f | %.4f | %.2f | %.4f | %.3f |\n", k, tau, mean(out[, 1]), mean(out[, 2]), median(out[, 3]), mean(out[low, 1]), mean(low)))
}
