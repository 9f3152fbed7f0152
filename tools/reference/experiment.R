# Reference values for crates/stats `experiment`: base R's tests and power, clubSandwich.
# Run:  apt-get install r-base-core r-cran-clubsandwich r-cran-jsonlite
#       Rscript tools/reference/experiment.R crates/stats/tests/data/experiment.json
library(clubSandwich)
library(jsonlite)
out <- commandArgs(trailingOnly = TRUE)[1]
set.seed(20261122)
grid <- function(x) round(x * 1024) / 1024

# Welch, also at other levels, with very unequal arms and a far-off mean.
welch <- lapply(list(c(30, 50, 0), c(5, 400, 0), c(2, 3, 0), c(200, 180, 1e6)), function(k) {
  a <- grid(rnorm(k[1], 7, 2)) + k[3]
  b <- grid(rnorm(k[2], 7.5, 3)) + k[3]
  t <- t.test(b, a)
  t99 <- t.test(b, a, conf.level = .99)
  g <- t.test(b, a, alternative = "greater")
  l <- t.test(b, a, alternative = "less")
  list(a = a, b = b, value = unname(diff(rev(t$estimate))), se = t$stderr, df = unname(t$parameter),
       low = t$conf.int[1], high = t$conf.int[2], p = t$p.value,
       low99 = t99$conf.int[1], high99 = t99$conf.int[2],
       greater = list(bound = g$conf.int[1], p = g$p.value),
       less = list(bound = l$conf.int[2], p = l$p.value))
})

# Shares: the pooled score test; Wilson's intervals put together by Newcombe's rule, from prop.test.
share <- lapply(list(c(14, 28, 16, 30), c(0, 50, 7, 60), c(1396, 3000, 2422, 3461), c(9, 10, 10, 10)), function(k) {
  p <- suppressWarnings(prop.test(k[c(3, 1)], k[c(4, 2)], correct = FALSE)$p.value)
  wa <- suppressWarnings(prop.test(k[1], k[2], correct = FALSE)$conf.int)
  wb <- suppressWarnings(prop.test(k[3], k[4], correct = FALSE)$conf.int)
  pa <- k[1] / k[2]; pb <- k[3] / k[4]
  list(a = k[1:2], b = k[3:4], p = p,
       low = pb - pa - sqrt((pb - wb[1])^2 + (wa[2] - pa)^2),
       high = pb - pa + sqrt((wb[2] - pb)^2 + (pa - wa[1])^2))
})

# Ratio of sums by the delta method, written out from cov().
ratio <- lapply(c(40, 300), function(n) {
  one <- function(s) { x <- 1 + rpois(n, 3); list(x = x, y = rbinom(n, x, s)) }
  a <- one(.3); b <- one(.4)
  part <- function(d) {
    r <- sum(d$y) / sum(d$x)
    g <- c(1, -r) / mean(d$x)
    c(r, drop(t(g) %*% cov(cbind(d$y, d$x)) %*% g) / n)
  }
  pa <- part(a); pb <- part(b)
  list(a = a, b = b, value = pb[1] - pa[1], se = sqrt(pa[2] + pb[2]),
       relative = (pb[1] - pa[1]) / pa[1], relative_se = sqrt(pb[2] + (pb[1] / pa[1])^2 * pa[2]) / pa[1])
})

# CUPED: theta from the rows of both arms; the relative error by the delta method with numeric
# derivatives of (yb - ya - theta (xb - xa)) / ya.
cuped <- lapply(c(60, 400), function(n) {
  one <- function(gain) { x <- rnorm(n, 5); list(x = grid(x), y = grid(x + rnorm(n) + gain)) }
  a <- one(0); b <- one(2)
  theta <- cov(c(a$y, b$y), c(a$x, b$x)) / var(c(a$x, b$x))
  t <- t.test(b$y - theta * b$x, a$y - theta * a$x)
  f <- function(m) (m[3] - m[1] - theta * (m[4] - m[2])) / m[1]
  m <- c(mean(a$y), mean(a$x), mean(b$y), mean(b$x))
  g <- sapply(1:4, function(k) { h <- replace(numeric(4), k, 1e-5); (f(m + h) - f(m - h)) / 2e-5 })
  v <- matrix(0, 4, 4)
  v[1:2, 1:2] <- cov(cbind(a$y, a$x)) / n
  v[3:4, 3:4] <- cov(cbind(b$y, b$x)) / n
  list(a = a, b = b, theta = theta, value = unname(diff(rev(t$estimate))), se = t$stderr,
       df = unname(t$parameter), low = t$conf.int[1], high = t$conf.int[2], p = t$p.value,
       relative = f(m), relative_se = sqrt(drop(t(g) %*% v %*% g)))
})

# Whole clusters: CR2 and Satterthwaite; ANOVA's intraclass correlation within arms.
clusters <- lapply(list(c(20, 12), c(13, 5), c(60, 8)), function(k) {
  size <- 1 + rpois(k[1], k[2]) * (1 + (seq_len(k[1]) %% 3 == 0))
  cluster <- rep(seq_len(k[1]) - 1, size)
  arm <- as.integer(cluster %% 3 == 1)
  level <- rnorm(k[1])[cluster + 1]
  x <- grid(level + rnorm(length(cluster)))
  y <- grid(7 + level + rnorm(length(cluster), 0, 2) + .4 * arm)
  answer <- function(fit) {
    t <- coef_test(fit, vcov = "CR2", cluster = cluster, test = "Satterthwaite")["arm", ]
    list(value = t$beta, se = t$SE, df = t$df, p = t$p_Satt)
  }
  anova <- summary(aov(y ~ arm + factor(cluster)))[[1]]
  between <- anova[2, "Mean Sq"]; inside <- anova[3, "Mean Sq"]
  lost <- sum(tapply(size, arm[match(seq_len(k[1]) - 1, cluster)], function(m) sum(m^2) / sum(m)))
  usual <- (length(y) - lost) / (k[1] - 2)
  list(cluster = cluster, arm = arm, y = y, x = x, plain = answer(lm(y ~ arm)),
       adjusted = answer(lm(y ~ arm + x)),
       intraclass = max(0, (between - inside) / (between + (usual - 1) * inside)))
})

split <- lapply(list(list(c(4950, 5050), c(1, 1)), list(c(4800, 5200), c(1, 1)), list(c(100, 210, 290), c(1, 2, 3))), function(k) {
  t <- chisq.test(k[[1]], p = k[[2]] / sum(k[[2]]))
  list(observed = k[[1]], weights = k[[2]], expected = t$expected, statistic = unname(t$statistic), p = t$p.value)
})

p <- c(.01, .04, .03, .005, .2, .9, .049, .03)
adjusted <- list(p = p, holm = p.adjust(p, "holm"), bh = p.adjust(p, "BH"))

tight <- 1e-12
power_t <- list()
for (n in c(3, 20, 150, 4000)) for (d in c(.05, .3, 1.2))
  power_t <- c(power_t, list(list(n = n, difference = d, sd = 1.5, alpha = .05,
    power = power.t.test(n, d, 1.5, .05)$power)))
power_p <- list()
for (n in c(50, 500, 20000)) for (p2 in c(.11, .15, .3))
  power_p <- c(power_p, list(list(n = n, control = .1, treated = p2, alpha = .05,
    power = power.prop.test(n, .1, p2, .05)$power)))
size <- list(
  mean = lapply(c(.1, .5, 2), function(d) list(difference = d, sd = 2, power = .8,
    n = power.t.test(delta = d, sd = 2, power = .8, tol = tight)$n)),
  share = lapply(c(.12, .2), function(p2) list(control = .1, treated = p2, power = .9,
    n = power.prop.test(p1 = .1, p2 = p2, power = .9, tol = tight)$n)),
  smallest_mean = list(n = 300, sd = 2, power = .8, difference = power.t.test(n = 300, sd = 2, power = .8, tol = tight)$delta),
  smallest_share = list(n = 300, control = .1, power = .8, treated = power.prop.test(n = 300, p1 = .1, power = .8, tol = tight)$p2))
writeLines(toJSON(list(welch = welch, share = share, ratio = ratio, cuped = cuped, clusters = clusters,
  split = split, adjusted = adjusted, power_t = power_t, power_p = power_p, size = size), digits = NA,
  auto_unbox = TRUE), out)
