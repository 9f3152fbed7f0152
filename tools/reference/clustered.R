# Reference values for crates/stats `clustered`: what clubSandwich says (CR2, Satterthwaite).
# Run:  apt-get install r-base-core r-cran-clubsandwich r-cran-jsonlite
#       Rscript tools/reference/clustered.R crates/stats/tests/data/clustered.json
library(clubSandwich)
library(jsonlite)
out <- commandArgs(trailingOnly = TRUE)[1]
set.seed(20261121)

# Values sit on a grid of 1/1024, which both sides hold exactly.
grid <- function(x) round(x * 1024) / 1024

rows <- function(sizes, binary, dense, within = NULL) {
  cluster <- rep(seq_along(sizes) - 1, sizes)
  n <- length(cluster)
  x <- sapply(seq_len(binary), function(k) rbinom(n, 1, plogis(-1 + 0.4 * k + rnorm(length(sizes))[cluster + 1])))
  if (dense > 0) x <- cbind(x, sapply(seq_len(dense), function(k) grid(rnorm(n, k, 1 + k))))
  slopes <- seq(-1.5, 1.5, length.out = ncol(x))
  y <- grid(7 + rnorm(length(sizes), 0, 1)[cluster + 1] + x %*% slopes +
              x[, 1] * rnorm(length(sizes), 0, 0.7)[cluster + 1] + rnorm(n, 0, 2))
  list(cluster = cluster, x = unname(x), y = as.vector(y))
}

answer <- function(name, intercept, d) {
  x <- d$x
  colnames(x) <- paste0("x", seq_len(ncol(x)) - 1)
  data <- data.frame(y = d$y, x, cluster = factor(d$cluster))
  right <- paste(colnames(x), collapse = " + ")
  formula <- switch(intercept,
    within = paste("y ~ 0 +", right, "+ cluster"),
    shared = paste("y ~", right),
    absent = paste("y ~ 0 +", right))
  fit <- lm(as.formula(formula), data = data)
  v <- vcovCR(fit, cluster = data$cluster, type = "CR2")
  test <- coef_test(fit, vcov = v, test = "Satterthwaite", coefs = "All")
  named <- names(na.omit(coef(fit)))
  ours <- intersect(colnames(x), names(na.omit(coef(fit))))
  list(name = name, intercept = intercept, cluster = d$cluster, y = d$y,
       x = lapply(seq_len(ncol(x)), function(k) x[, k]),
       columns = match(ours, colnames(x)) - 1,
       value = unname(coef(fit)[ours]), se = test$SE[match(ours, named)],
       df = test$df_Satt[match(ours, named)],
       covariance = matrix(as.vector(unclass(v)[ours, ours]), length(ours)))
}

cases <- list()
d <- rows(rep(10, 12), 2, 2)
cases[[1]] <- answer("balanced", "within", d)
cases[[2]] <- answer("balanced, one intercept", "shared", d)

d <- rows(c(3, 4, 5, 6, 8, 9, 11, 12, 14, 17, 20, 24, 30, 38, 45), 4, 1)
cases[[3]] <- answer("unbalanced", "within", d)
cases[[4]] <- answer("unbalanced, one intercept", "shared", d)

d <- rows(c(1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 7, 9, 12, 15, 19, 24), 3, 1)
cases[[5]] <- answer("singleton clusters", "within", d)
cases[[6]] <- answer("singleton clusters, one intercept", "shared", d)

d <- rows(c(6, 8, 9, 10, 11, 12, 13, 15, 17, 19, 22, 25), 3, 1)
d$x[d$cluster != 7, 2] <- (d$cluster[d$cluster != 7] %% 2)
cases[[7]] <- answer("a column constant within all clusters but one", "within", d)

d <- rows(c(5, 7, 9, 10, 11, 14, 16, 20, 21, 33, 40), 2, 0)
period <- sample(0:2, length(d$y), replace = TRUE)
d$x <- unname(cbind(d$x, 1 * (period == 0), 1 * (period == 1), 1 * (period == 2)))
cases[[8]] <- answer("period columns in place of an intercept", "absent", d)

d <- rows(sample(2:9, 40, replace = TRUE), 8, 2)
cases[[9]] <- answer("forty small clusters", "within", d)

d <- rows(c(4, 6, 7, 9, 10, 12, 13, 14, 15, 16, 18), 3, 0)
d$x[, 3] <- 1 * (d$cluster %in% c(1, 4, 6, 9))
cases[[10]] <- answer("a column of the cluster", "shared", d)

d <- rows(c(4, 6, 9, 12, 20, 31), 3, 0)
cases[[11]] <- answer("six clusters", "within", d)

d <- rows(sample(8:16, 60, replace = TRUE), 4, 0)
d$y <- round(d$y)
cases[[12]] <- answer("sixty clusters of small influence", "within", d)

source <- list(
  what = "CR2 standard errors and Satterthwaite degrees of freedom",
  by = paste("R", getRversion(), "clubSandwich", packageVersion("clubSandwich")),
  script = "tools/reference/clustered.R")
t <- c(0.4, 0.9, 1, 1.3, 2.7, 5.5, 11.2, 59, 300, 12345)
write_json(list(source = source, cases = cases,
                t_quantile = list(df = t, value = qt(0.975, t))),
           out, auto_unbox = TRUE, digits = 15)
