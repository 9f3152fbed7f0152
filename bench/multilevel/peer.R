# lme4 on the rows that bench/multilevel/main.rs wrote: Rscript peer.R FOLDER FORMULA COLUMN...
suppressMessages(library(lme4))
args <- commandArgs(trailingOnly = TRUE)
d <- as.data.frame(sapply(args[-(1:2)], function(name) {
  path <- file.path(args[1], name)
  readBin(path, "double", file.size(path) / 8, endian = "little")
}))
took <- system.time(fit <- lmer(as.formula(args[2]), d))[["elapsed"]]
cat(sprintf("lme4 %s: %.3f s; slope %.6f, sds %s, REML criterion %.4f\n", packageVersion("lme4"), took, fixef(fit)[2],
            paste(sprintf("%.6f", unlist(lapply(VarCorr(fit), attr, "stddev"))), collapse = " "), REMLcrit(fit)))
