# Reference values for crates/stats `multilevel` with few groups: Kenward and Roger's adjusted
# covariance of the coefficients (pbkrtest).
# Run:  apt-get install r-base-core r-cran-lme4 r-cran-lmertest r-cran-pbkrtest r-cran-jsonlite
#       Rscript tools/reference/multilevel_few.R crates/stats/tests/data
# The folder holds multilevel.json (written by multilevel.R), whose REML cases are asked about again
# by their own columns (the crossed ones of 1,600 rows take minutes); multilevel_few.json is written beside it, with cases of its own.
suppressMessages({ library(lme4); library(lmerTest); library(pbkrtest); library(jsonlite) })
folder <- commandArgs(trailingOnly = TRUE)[1]
set.seed(20261202)
tight <- lmerControl(optimizer = "bobyqa", calc.derivs = FALSE, check.conv.singular = "ignore",
                     optCtrl = list(rhobeg = 0.2, rhoend = 1e-10, maxfun = 1e6))
quiet <- function(x) suppressWarnings(suppressMessages(x))

ask <- function(formula, data) {
  best <- quiet(lme4::lmer(formula, data, control = tight))
  if (length(getME(best, "theta")) > 1) for (k in 1:12) {
    start <- getME(best, "theta"); start[] <- rnorm(length(start)); lower <- getME(best, "lower")
    start[lower == 0] <- abs(start[lower == 0])
    other <- quiet(lme4::lmer(formula, data, control = tight, start = start))
    if (logLik(other) > logLik(best) + 1e-9) best <- other
  }
  start <- getME(best, "theta")
  # lmerTest's own call, so that its summary finds the data again.
  fit <- quiet(lmerTest::lmer(formula, data, control = tight, start = start))
  adjusted <- as.matrix(quiet(vcovAdj(fit)))
  list(loglik = as.numeric(logLik(fit)), singular = isSingular(fit), se = I(unname(sqrt(diag(as.matrix(vcov(fit)))))),
       adjusted = unname(adjusted))
}

# The formula of a described case.
formula_of <- function(case) {
  one <- function(g) {
    inner <- paste(c(if (isTRUE(g$intercept)) "1" else "0", unlist(g$slopes)), collapse = " + ")
    paste0("(", inner, if (isTRUE(g$correlated)) " | " else " || ", g$group, ")")
  }
  as.formula(paste(case$outcome, "~", paste(c(if (isTRUE(case$intercept)) "1" else "0", unlist(case$fixed),
                                               sapply(case$groupings, one)), collapse = " + ")))
}

known <- list()
for (case in read_json(file.path(folder, "multilevel.json"))$cases) {
  data <- as.data.frame(lapply(case$data, unlist))
  if ("within" %in% unlist(case$fixed)) { data$between <- ave(data$x, data$g); data$within <- data$x - data$between }
  for (g in case$groupings) data[[g$group]] <- factor(data[[g$group]])
  started <- Sys.time()
  known[[length(known) + 1]] <- c(list(name = case$name), ask(formula_of(case), data))
  message(case$name, ": ", format(Sys.time() - started))
}

described <- function(name, data, columns, outcome, fixed, groupings) {
  case <- list(name = name, data = as.list(data[columns]), outcome = outcome, fixed = I(fixed), intercept = TRUE, groupings = groupings)
  for (g in groupings) data[[g$group]] <- factor(data[[g$group]])
  c(case, list(few = ask(formula_of(case), data)))
}
grouping <- function(group, slopes = character(), correlated = TRUE)
  list(group = group, slopes = I(slopes), intercept = TRUE, correlated = correlated)
branches <- function(groups, periods, slope_sd, level_sd = 0.5, missing = 0) {
  d <- expand.grid(t = seq_len(periods), g = seq_len(groups))
  d <- d[runif(nrow(d)) >= missing, ]
  d$between <- round(rnorm(groups, 0, 0.7), 3)[d$g]
  d$within <- round(rnorm(nrow(d)), 3)
  level <- rnorm(groups)
  slope <- slope_sd * (0.4 * level + sqrt(0.84) * rnorm(groups))
  d$y <- round(2 + (0.3 + slope[d$g]) * d$within - 0.4 * d$between + level_sd * level[d$g] + rnorm(nrow(d)), 3)
  d
}
columns <- c("y", "within", "between", "g")
cases <- list()
for (k in 1:3) cases[[k]] <- described(paste("eight groups, slopes differ,", k), branches(8, 12, 0.3), columns, "y",
                                      c("within", "between"), list(grouping("g", "within")))
cases[[4]] <- described("eight groups of unequal size", branches(8, 14, 0.3, missing = 0.4), columns, "y", c("within", "between"),
                        list(grouping("g", "within")))
cases[[5]] <- described("eight groups, effects apart", branches(8, 12, 0.3), columns, "y", c("within", "between"),
                        list(grouping("g", "within", correlated = FALSE)))
cases[[6]] <- described("eight groups, level alone, unequal", branches(8, 10, 0, missing = 0.4), columns, "y", c("within", "between"),
                        list(grouping("g")))
cases[[7]] <- described("seven groups by five periods, crossed", branches(7, 5, 0.3, missing = 0.1), c(columns, "t"), "y",
                        c("within", "between"), list(grouping("g", "within"), grouping("t")))
source <- list(what = "multilevel regression with few groups", by = paste(R.version.string, "lme4", packageVersion("lme4"),
  "lmerTest", packageVersion("lmerTest"), "pbkrtest", packageVersion("pbkrtest")), script = "tools/reference/multilevel_few.R")
write_json(list(source = source, known = known, cases = cases), file.path(folder, "multilevel_few.json"), auto_unbox = TRUE, digits = 15)
