# Reference values for crates/stats `votes`: Bradley-Terry with BradleyTerry2, Davidson's model for
# ties as a log-linear model.
#
# Run:  apt-get install r-cran-bradleyterry2 r-cran-jsonlite
#       Rscript tools/reference/order.R crates/stats/tests/data/order-r.json
#
# Davidson's model is a Poisson regression of the three counts of each pair (Dittrich, Hatzinger &
# Katzenbeisser 1998): one constant a pair, half the difference of strengths with a sign for the
# two choices, and one coefficient for ties, the log of their ease.
suppressMessages({library(BradleyTerry2); library(jsonlite)})
tight <- list(epsilon = 1e-15, maxit = 200)

centred <- function(x) x - mean(x)

bradley_terry <- function(wins1, wins2, first, second, items) {
  first <- factor(first, levels = items); second <- factor(second, levels = items)
  fit <- BTm(cbind(wins1, wins2), data.frame(id = first), data.frame(id = second), ~ id, id = "id",
             control = glm.control(epsilon = 1e-15, maxit = 200))
  as.list(setNames(centred(BTabilities(fit)[items, 1]), items))
}

davidson <- function(pairs, items) {
  long <- do.call(rbind, lapply(seq_len(nrow(pairs)), function(r) {
    p <- pairs[r, ]
    row <- function(n, half, tie) c(n = n, pair = r, i = p$first, j = p$second, half = half, tie = tie)
    rbind(row(p$won, 0.5, 0), row(p$lost, -0.5, 0), row(p$tied, 0, 1))
  }))
  long <- as.data.frame(long)
  x <- matrix(0, nrow(long), items)
  x[cbind(seq_len(nrow(long)), long$i)] <- long$half
  x[cbind(seq_len(nrow(long)), long$j)] <- -long$half
  design <- cbind(model.matrix(~ factor(long$pair) - 1), x[, -1, drop = FALSE], long$tie)
  fit <- glm.fit(design, long$n, family = poisson(), control = glm.control(epsilon = 1e-15, maxit = 500))
  b <- tail(fit$coefficients, items)
  list(log_odds = centred(c(0, b[seq_len(items - 1)])), ease = exp(unname(b[items])))
}

set.seed(20)
made <- function(items, each, spread, ease) {
  strength <- rnorm(items, 0, spread)
  both <- t(combn(items, 2))
  counts <- t(apply(both, 1, function(p) {
    gap <- strength[p[1]] - strength[p[2]]
    rmultinom(1, rpois(1, each) + 1, c(exp(gap / 2), exp(-gap / 2), ease))
  }))
  data.frame(first = both[, 1], second = both[, 2], won = counts[, 1], lost = counts[, 2], tied = counts[, 3])
}
ties <- lapply(list(list(6, 12, 0.8, 0.5), list(12, 5, 1, 1.5), list(20, 2, 0.6, 0.1)), function(a) {
  pairs <- do.call(made, a)
  fit <- davidson(pairs, a[[1]])
  list(name = sprintf("%d items, ease of ties %g", a[[1]], a[[4]]), items = a[[1]],
       pairs = unname(lapply(seq_len(nrow(pairs)), function(r) unname(unlist(pairs[r, ] - c(1, 1, 0, 0, 0))))),
       log_odds = fit$log_odds, ease = fit$ease)
})

data(baseball); data(citations)
ball <- baseball
cites <- as.data.frame(as.table(as.matrix(citations)), stringsAsFactors = FALSE)
names(cites) <- c("cited", "citing", "n")
journals <- sort(unique(cites$cited))
both <- t(combn(journals, 2))
count <- function(a, b) cites$n[cites$cited == a & cites$citing == b]
teams <- sort(levels(ball$home.team))
document <- list(
  source = list(what = "Bradley-Terry strengths (mean 0) and Davidson's model with ties",
                by = paste("BradleyTerry2", packageVersion("BradleyTerry2"), "and glm of R", getRversion()),
                script = "tools/reference/order.R"),
  ties = ties,
  baseball = bradley_terry(ball$home.wins, ball$away.wins, as.character(ball$home.team), as.character(ball$away.team), teams),
  citations = bradley_terry(mapply(count, both[, 1], both[, 2]), mapply(count, both[, 2], both[, 1]), both[, 1], both[, 2], journals))
writeLines(toJSON(document, digits = NA, auto_unbox = TRUE), commandArgs(TRUE)[1])
