# Reference values for `stats::drivers`, from definitions alone: every ordering is walked with lm(),
# Johnson's weights come from svd(), coefficients from clubSandwich (CR2, Satterthwaite), where rows
# without clusters are each a cluster of their own.
#
# Debian: r-cran-clubsandwich r-cran-jsonlite. Data: R's own `swiss` and `mtcars`, and made ones.
#
#   Rscript tools/reference/drivers.R > crates/stats/tests/data/drivers.json

suppressMessages({
  library(clubSandwich)
  library(jsonlite)
})

orderings <- function(items) {
  if (length(items) <= 1) return(list(items))
  unlist(lapply(seq_along(items), function(at)
    lapply(orderings(items[-at]), function(rest) c(items[at], rest))), recursive = FALSE)
}

# R2 of a regression on some columns; kept, since orderings share subsets.
r2_of <- function(data, outcome) {
  known <- new.env()
  function(columns) {
    if (length(columns) == 0) return(0)
    key <- paste(sort(columns), collapse = " ")
    if (is.null(known[[key]])) {
      known[[key]] <- summary(lm(reformulate(columns, outcome), data))$r.squared
    }
    known[[key]]
  }
}

lmg <- function(data, outcome, columns) {
  r2 <- r2_of(data, outcome)
  all <- orderings(columns)
  gains <- setNames(numeric(length(columns)), columns)
  for (order in all) for (place in seq_along(order)) {
    before <- order[seq_len(place - 1)]
    gains[order[place]] <- gains[order[place]] + r2(c(before, order[place])) - r2(before)
  }
  gains / length(all)
}

# Johnson (2000): Z = PQ' is the orthogonal matrix nearest to the standardised X = P D Q'.
johnson <- function(data, outcome, columns) {
  x <- scale(as.matrix(data[columns])) / sqrt(nrow(data) - 1)
  y <- scale(data[[outcome]]) / sqrt(nrow(data) - 1)
  parts <- svd(x)
  z <- parts$u %*% t(parts$v)
  as.vector((t(z) %*% x)^2 %*% (t(z) %*% y)^2)
}

# `sizes` are powers of ten taken off columns before clubSandwich, which inverts X'X as it is, and
# put back afterwards.
case <- function(name, data, outcome, columns, cluster = NULL, sizes = rep(1, length(columns))) {
  data <- as.data.frame(data)
  groups <- if (is.null(cluster)) seq_len(nrow(data)) else data[[cluster]]
  sized <- data
  for (at in seq_along(columns)) sized[[columns[at]]] <- data[[columns[at]]] / sizes[at]
  model <- lm(reformulate(columns, outcome), sized)
  tests <- coef_test(model, vcov = "CR2", cluster = groups, test = "Satterthwaite")
  keep <- -1
  standard <- lm(reformulate(columns, outcome), as.data.frame(scale(data[c(outcome, columns)])))
  list(
    name = name, columns = columns, y = data[[outcome]],
    x = unname(lapply(columns, function(column) data[[column]])),
    cluster = if (is.null(cluster)) NULL else as.integer(factor(groups)) - 1L,
    r2 = summary(model)$r.squared, r2_adjusted = summary(model)$adj.r.squared,
    lmg = unname(lmg(data, outcome, columns)), johnson = johnson(data, outcome, columns),
    first = unname(sapply(columns, function(column) cor(data[[column]], data[[outcome]])^2)),
    last = unname(sapply(columns, function(column) summary(model)$r.squared -
      r2_of(data, outcome)(setdiff(columns, column)))),
    slope = tests$beta[keep] / sizes, se = tests$SE[keep] / sizes, df = tests$df[keep],
    standardised = unname(coef(standard)[-1])
  )
}

set.seed(20261122)
rows <- 160
level <- rep(rnorm(20), each = 8)
made <- data.frame(team = rep(1:20, each = 8))
base <- rnorm(rows) + level
for (at in 1:6) made[[paste0("item", at)]] <- round(3 + 0.6 * base + rnorm(rows), 3)
made$outcome <- round(with(made, 0.8 * item1 + 0.4 * item2 + level + rnorm(rows) * (1 + abs(item3))), 3)
# Sizes far apart, a 0/1 column, one row that a column knows alone.
odd <- data.frame(a = round(rnorm(40), 3) * 1e8 + 3e8, b = rbinom(40, 1, 0.3), c = round(rnorm(40), 4) * 1e-6)
odd$d <- as.integer(seq_len(40) <= 2)
odd$y <- round(odd$a * 1e-8 + 2 * odd$b + odd$c * 1e6 + rnorm(40), 4)

# More columns than are walked in every ordering: shares from the R2 of all subsets.
many <- function(count, rows) {
  common <- rnorm(rows)
  x <- sapply(seq_len(count), function(at) round(0.5 * common + rnorm(rows), 3))
  y <- round(as.vector(x %*% seq(1, 0, length.out = count)) + 3 * rnorm(rows), 3)
  all <- cor(cbind(x, y))
  of_y <- all[seq_len(count), count + 1]
  subsets <- 2^count
  r2 <- numeric(subsets)
  size <- numeric(subsets)
  bits <- 2^(seq_len(count) - 1)
  for (subset in seq_len(subsets - 1)) {
    inside <- which(bitwAnd(subset, bits) > 0)
    size[subset + 1] <- length(inside)
    r2[subset + 1] <- sum(of_y[inside] * solve(all[inside, inside, drop = FALSE], of_y[inside]))
  }
  shares <- sapply(seq_len(count), function(at) {
    without <- which(bitwAnd(seq_len(subsets) - 1L, bits[at]) == 0)
    weights <- 1 / (count * choose(count - 1, size[without]))
    sum(weights * (r2[without + bits[at]] - r2[without]))
  })
  list(y = y, x = lapply(seq_len(count), function(at) x[, at]), lmg = shares)
}

swiss_columns <- c("Agriculture", "Examination", "Education", "Catholic", "Infant.Mortality")
cases <- list(
  case("swiss", swiss, "Fertility", swiss_columns),
  case("mtcars", mtcars, "mpg", c("cyl", "disp", "hp", "gear")),
  case("one column", swiss, "Fertility", "Education"),
  case("clusters", made, "outcome", paste0("item", 1:6), "team"),
  case("rows", made, "outcome", paste0("item", 1:6)),
  case("cars", mtcars, "mpg", c("am", "vs", "cyl")),
  case("odd", odd, "y", c("a", "b", "c", "d"), sizes = c(1e8, 1, 1e-6, 1))
)
cat(toJSON(list(cases = cases, many = many(17, 90), made_by = paste("tools/reference/drivers.R", R.version.string,
  "clubSandwich", packageVersion("clubSandwich"))), digits = NA, auto_unbox = TRUE, null = "null"), "\n")
