# Reference values for crates/stats `multilevel` (lme4, lmerTest, nlme, multilevel).
# Run:  apt-get install r-base-core r-cran-lme4 r-cran-lmertest r-cran-nlme r-cran-multilevel r-cran-jsonlite
#       Rscript tools/reference/multilevel.R crates/stats/tests/data/multilevel.json ../shared/data/multilevel
# The second argument is the folder with bh1996.csv, klein2000.csv and lme00.csv to lme05.csv, whose
# rows are not in the repository: only what R says of them is written.
suppressMessages({ library(lme4); library(lmerTest); library(jsonlite) })
args <- commandArgs(trailingOnly = TRUE)
shared <- args[2]
set.seed(20261122)

# As exact as the optimiser goes: the default stops at about 1e-4 in the variances.
tight <- lmerControl(optimizer = "bobyqa", calc.derivs = FALSE, check.conv.singular = "ignore",
                     optCtrl = list(rhobeg = 0.2, rhoend = 1e-9, maxfun = 1e6))

ask <- function(formula, data, REML) {
  quiet <- function(x) suppressWarnings(suppressMessages(x))
  fit <- quiet(lme4::lmer(formula, data, REML = REML, control = tight))
  # From other starts too, and once more from where it ended: one run of the search may stop short
  # (it does for singular fits, where the bound of a diagonal hides the way on).
  if (length(getME(fit, "theta")) > 1 && nrow(data) < 1e4) for (k in 1:12) {
    start <- getME(fit, "theta"); start[] <- rnorm(length(start)); lower <- getME(fit, "lower")
    start[lower == 0] <- abs(start[lower == 0])
    other <- quiet(lme4::lmer(formula, data, REML = REML, control = tight, start = start))
    if (logLik(other) > logLik(fit) + 1e-9) fit <- other
  }
  fit <- quiet(lme4::lmer(formula, data, REML = REML, control = tight, start = getME(fit, "theta")))
  df <- tryCatch(unname(coef(summary(as_lmerModLmerTest(fit)))[, "df"]), error = function(e) NULL)
  vc <- VarCorr(fit)
  re <- ranef(fit, condVar = TRUE)
  first <- function(f) {
    r <- re[[f]]; keep <- seq_len(min(8, nrow(r)))
    pv <- attr(r, "postVar")
    # A factor with separate terms (||) gives a list of variances.
    sd <- if (is.list(pv)) t(sapply(keep, function(k) sapply(pv, function(p) sqrt(p[1, 1, k]))))
          else t(matrix(sapply(keep, function(k) sqrt(diag(as.matrix(pv[, , k])))), ncol = length(keep)))
    list(values = as.matrix(unname(r[keep, , drop = FALSE])), sd = sd, groups = as.integer(rownames(r)[keep]))
  }
  list(reml = REML, fixed = I(unname(fixef(fit))), se = I(unname(sqrt(diag(as.matrix(vcov(fit)))))), df = if (!is.null(df)) I(df),
       covariances = lapply(unname(as.list(vc)), function(m) matrix(as.numeric(m), nrow(m))),
       factors = I(sub("\\.\\d+$", "", names(vc))),
       sigma = sigma(fit), loglik = as.numeric(logLik(fit)), aic = AIC(fit), singular = isSingular(fit),
       predicted = setNames(lapply(names(re), first), names(re)))
}
both <- function(name, formula, data, columns, fixed, intercept, groupings) {
  d <- lapply(data[columns], function(v) if (is.factor(v)) as.integer(as.character(v)) else v)
  list(name = name, data = d, outcome = as.character(formula[[2]]), fixed = I(fixed), intercept = intercept,
       groupings = groupings, fits = list(ask(formula, data, TRUE), ask(formula, data, FALSE)))
}
grouping <- function(group, slopes = character(), intercept = TRUE, correlated = TRUE)
  list(group = group, slopes = I(slopes), intercept = intercept, correlated = correlated)
pair <- function(sd, r) { C <- matrix(c(1, r, r, 1), 2); t(chol(C * (sd %o% sd))) }
cases <- list()

# 1 like sleepstudy: 18 people, days 0 to 9, level and slope differ.
d <- expand.grid(day = 0:9, g = 1:18)
b <- pair(c(25, 6), 0.1) %*% matrix(rnorm(36), 2)
d$y <- round(251 + 10.5 * d$day + b[1, d$g] + b[2, d$g] * d$day + rnorm(180, 0, 26), 4)
cases$sleep <- both("like sleepstudy", y ~ day + (day | g), d, c("y", "day", "g"), "day", TRUE, list(grouping("g", "day")))
cases$sleep_apart <- both("like sleepstudy, effects apart", y ~ day + (day || g), d, c("y", "day", "g"), "day", TRUE,
                          list(grouping("g", "day", correlated = FALSE)))

# 2 like InstEval: students, lecturers, departments.
n <- 1600
d <- data.frame(s = sample(1:220, n, TRUE), l = sample(1:90, n, TRUE), x = rbinom(n, 1, 0.4))
d$dept <- (d$l * 7) %% 6 + 1
d$y <- pmin(5, pmax(1, round(3.3 - 0.1 * d$x + rnorm(220, 0, 0.33)[d$s] + rnorm(90, 0, 0.52)[d$l] + rnorm(6, 0, 0.3)[d$dept] + rnorm(n, 0, 1.18))))
cases$inst <- both("like InstEval", y ~ x + (1 | s) + (1 | l) + (1 | dept), d, c("y", "x", "s", "l", "dept"), "x", TRUE,
                   list(grouping("s"), grouping("l"), grouping("dept")))
cases$inst_slope <- both("like InstEval, the slope differs between lecturers", y ~ x + (1 | s) + (x | l), d,
                         c("y", "x", "s", "l"), "x", TRUE, list(grouping("s"), grouping("l", "x")))
cases$inst_both <- both("crossed, slopes differ in both", y ~ x + (x | s) + (x | dept), d,
                        c("y", "x", "s", "dept"), "x", TRUE, list(grouping("s", "x"), grouping("dept", "x")))

# 3 sixty branches by 24 months: within and between parts, slope differs, groups of unequal size.
d <- expand.grid(month = 1:24, g = 1:60)
d <- d[sort(sample(nrow(d), 1200)), ]
m <- rnorm(60, 7, 0.6)
d$x <- round(m[d$g] + rnorm(nrow(d), 0, 0.8), 3)
d$between <- ave(d$x, d$g); d$within <- d$x - d$between
d$year <- 2020 + d$month / 12
b <- pair(c(0.5, 0.2), -0.4) %*% matrix(rnorm(120), 2)
d$y <- round(40 + 0.3 * d$within - 0.5 * d$between + b[1, d$g] + b[2, d$g] * d$within + 0.1 * d$month + rnorm(nrow(d)), 3)
cases$parts <- both("within and between parts", y ~ within + between + (within | g), d, c("y", "x", "g"), c("within", "between"), TRUE,
                    list(grouping("g", "within")))
# Years from 2021: given years themselves lme4's search ends 2.6 log-likelihood units too low.
cases$year <- both("a year as a slope", y ~ year + x + (year | g), transform(d, year = round(year - 2021, 6)), c("y", "x", "year", "g"), c("year", "x"), TRUE,
                   list(grouping("g", "year")))

# 4 three effects a group, small groups.
d <- data.frame(g = rep(1:45, times = sample(2:14, 45, TRUE)))
n <- nrow(d)
d$a <- round(rnorm(n), 3); d$b <- round(runif(n, 0, 4), 3)
d$y <- round(2 + d$a - 0.5 * d$b + rnorm(45, 0, 1)[d$g] + rnorm(45, 0, 0.6)[d$g] * d$a + rnorm(45, 0, 0.4)[d$g] * d$b + rnorm(n), 3)
cases$three <- both("two slopes differ", y ~ a + b + (a + b | g), d, c("y", "a", "b", "g"), c("a", "b"), TRUE, list(grouping("g", c("a", "b"))))
cases$bare <- both("no constant anywhere", y ~ 0 + a + b + (0 + a | g), d, c("y", "a", "b", "g"), c("a", "b"), FALSE,
                   list(grouping("g", "a", intercept = FALSE)))

# 5 nothing differs: variance zero; and effects that go together exactly.
d <- data.frame(g = rep(1:20, each = 8), x = round(rnorm(160), 3))
e <- rnorm(160); e <- e - ave(e, d$g) * 0.9
d$y <- round(1 + 0.5 * d$x + e, 3)
cases$zero <- both("no variance between groups", y ~ x + (1 | g), d, c("y", "x", "g"), "x", TRUE, list(grouping("g")))
cases$edge <- both("singular: slope and level", y ~ x + (x | g), d, c("y", "x", "g"), "x", TRUE, list(grouping("g", "x")))
u <- rnorm(20)
d$y <- round(1 + 0.5 * d$x + 0.8 * u[d$g] + 0.4 * u[d$g] * d$x + rnorm(160), 3)
cases$together <- both("effects go together", y ~ x + (x | g), d, c("y", "x", "g"), "x", TRUE, list(grouping("g", "x")))

# 6 classes in schools.
d <- expand.grid(i = 1:5, class = 1:4, school = 1:15)
d$c <- (d$school - 1) * 4 + d$class
d$x <- round(rnorm(300), 3)
d$y <- round(50 + 2 * d$x + rnorm(15, 0, 3)[d$school] + rnorm(60, 0, 2)[d$c] + rnorm(300, 0, 4), 3)
cases$nested <- both("classes in schools", y ~ x + (1 | school) + (1 | c), d, c("y", "x", "school", "c"), "x", TRUE,
                     list(grouping("school"), grouping("c")))
# 7 few groups: degrees of freedom matter.
d <- data.frame(g = rep(1:6, each = 12), x = rep(c(0, 0, 0, 1, 1, 1), each = 12), w = round(rnorm(72), 3))
d$y <- round(3 + 0.5 * d$x + 0.2 * d$w + rnorm(6, 0, 0.8)[d$g] + rnorm(72), 3)
cases$few <- both("six groups", y ~ x + w + (1 | g), d, c("y", "x", "w", "g"), c("x", "w"), TRUE, list(grouping("g")))

# 8 a crossed design too large to write down: both sides make it from the same generator (minimal
# standard, 48271 mod 2^31 - 1, exact in doubles).
make <- function(n, a, b, seed) {
  s <- seed
  draw <- function() { s <<- (48271 * s) %% 2147483647; s / 2147483647 }
  bell <- function() { t <- 0; for (i in 1:12) t <- t + draw(); t - 6 }
  ua <- vapply(seq_len(a), function(i) 0.33 * bell(), 0); ub <- vapply(seq_len(b), function(i) 0.5 * bell(), 0)
  rows <- t(vapply(seq_len(n), function(i) {
    ga <- floor(draw() * a); gb <- floor(draw() * draw() * b); x <- if (draw() < 0.4) 1 else 0
    c(ga, gb, x, 3.3 - 0.1 * x + ua[ga + 1] + ub[gb + 1] + 1.2 * bell())
  }, numeric(4)))
  setNames(as.data.frame(rows), c("a", "b", "x", "y"))
}
big <- make(30000, 2000, 700, 20261122)
large <- list(n = 30000, a = 2000, b = 700, seed = 20261122, fit = ask(y ~ x + (1 | a) + (1 | b), big, TRUE))
large$fit$predicted <- NULL

# 9 real data, by columns of the shared files.
bh <- read.csv(file.path(shared, "bh1996.csv")); kl <- read.csv(file.path(shared, "klein2000.csv"))
real <- function(file, formula, data, fixed, intercept, groupings) {
  out <- both(paste(file, paste(deparse(formula, 500), collapse = " ")), formula, data, character(), fixed, intercept, groupings)
  out$data <- NULL; out$file <- file; out$fits <- lapply(out$fits, function(f) { f$predicted <- NULL; f }); out
}
reals <- list(
  real("bh1996.csv", WBEING ~ 1 + (1 | GRP), bh, character(), TRUE, list(grouping("GRP"))),
  real("bh1996.csv", WBEING ~ HRS + LEAD + G.HRS + (1 | GRP), bh, c("HRS", "LEAD", "G.HRS"), TRUE, list(grouping("GRP"))),
  real("bh1996.csv", WBEING ~ HRS + LEAD + G.HRS + (LEAD | GRP), bh, c("HRS", "LEAD", "G.HRS"), TRUE, list(grouping("GRP", "LEAD"))),
  real("bh1996.csv", COHES ~ W.LEAD + G.LEAD + W.HRS + G.HRS + (W.LEAD | GRP), bh, c("W.LEAD", "G.LEAD", "W.HRS", "G.HRS"), TRUE, list(grouping("GRP", "W.LEAD"))),
  real("klein2000.csv", JOBSAT ~ 1 + (1 | GRPID), kl, character(), TRUE, list(grouping("GRPID"))),
  real("klein2000.csv", JOBSAT ~ COHES + POSAFF + PAY + NEGLEAD + WLOAD + TASKSIG + PHYSEN + (1 | GRPID), kl,
       c("COHES", "POSAFF", "PAY", "NEGLEAD", "WLOAD", "TASKSIG", "PHYSEN"), TRUE, list(grouping("GRPID"))),
  real("klein2000.csv", JOBSAT ~ COHES + PAY + (COHES | GRPID), kl, c("COHES", "PAY"), TRUE, list(grouping("GRPID", "COHES"))))

# 10 intervals of standard deviations (nlme) and ICCs (Bliese's multilevel).
suppressMessages(library(nlme))
three <- as.data.frame(cases$three$data)
lme_fit <- lme(y ~ a + b, random = ~ 1 | g, data = three, control = lmeControl(msTol = 1e-12, tolerance = 1e-12, returnObject = TRUE))
iv <- intervals(lme_fit)
sleep <- as.data.frame(cases$sleep$data)
lme_slope <- lme(y ~ day, random = ~ day | g, data = sleep, control = lmeControl(msTol = 1e-12, tolerance = 1e-12, returnObject = TRUE))
ivs <- intervals(lme_slope)
sds <- list(level = list(low = iv$reStruct$g["sd((Intercept))", "lower"], high = iv$reStruct$g["sd((Intercept))", "upper"],
                         residual_low = iv$sigma[["lower"]], residual_high = iv$sigma[["upper"]]),
            slope = list(low = ivs$reStruct$g[c("sd((Intercept))", "sd(day)"), "lower"], high = ivs$reStruct$g[c("sd((Intercept))", "sd(day)"), "upper"],
                         residual_low = ivs$sigma[["lower"]], residual_high = ivs$sigma[["upper"]]))
icc <- lapply(c("HRS", "LEAD", "WBEING", "COHES"), function(v) {
  a <- aov(bh[[v]] ~ as.factor(bh$GRP)); list(column = v, icc1 = multilevel::ICC1(a), icc2 = multilevel::ICC2(a)) })
p <- as.data.frame(cases$few$data)
icc_few <- local({ a <- aov(p$y ~ as.factor(p$g)); list(icc1 = multilevel::ICC1(a), icc2 = multilevel::ICC2(a)) })

source <- list(what = "multilevel regression", by = paste(R.version.string, "lme4", packageVersion("lme4"), "lmerTest", packageVersion("lmerTest"),
  "nlme", packageVersion("nlme"), "multilevel", packageVersion("multilevel")), script = "tools/reference/multilevel.R")
write_json(list(source = source, cases = unname(cases), large = large, real = reals, sds = sds, icc = icc, icc_few = icc_few), args[1],
           auto_unbox = TRUE, digits = 15)
