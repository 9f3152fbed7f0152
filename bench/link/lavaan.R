# lavaan on the panel that `link speed` wrote: Rscript lavaan.R panel.csv
suppressMessages(library(lavaan))
d <- read.csv(commandArgs(trailingOnly = TRUE)[1], header = FALSE)
waves <- ncol(d) / 2
names(d) <- c(paste0("x", 1:waves), paste0("y", 1:waves))
lines <- c(
  paste("RIx =~", paste0("1*x", 1:waves, collapse = " + ")),
  paste("RIy =~", paste0("1*y", 1:waves, collapse = " + ")),
  "RIx ~~ RIx", "RIy ~~ RIy", "RIx ~~ RIy",
  paste0("wx", 1:waves, " =~ 1*x", 1:waves), paste0("wy", 1:waves, " =~ 1*y", 1:waves),
  paste0("x", 1:waves, " ~~ 0*x", 1:waves), paste0("y", 1:waves, " ~~ 0*y", 1:waves),
  paste0("wx", 1:waves, " ~~ wx", 1:waves), paste0("wy", 1:waves, " ~~ wy", 1:waves),
  paste0("wx", 1:waves, " ~~ wy", 1:waves))
for (t in 2:waves) lines <- c(lines, sprintf("wx%d ~ wx%d + wy%d\nwy%d ~ wx%d + wy%d", t, t - 1, t - 1, t, t - 1, t - 1))
seconds <- system.time({
  fit <- lavaan(paste(lines, collapse = "\n"), data = d, missing = "ML", meanstructure = TRUE,
    int.ov.free = TRUE, fixed.x = FALSE)
  m <- fitMeasures(fit, c("logl", "chisq", "df"))
})["elapsed"]
cat(sprintf("lavaan free: %.3f s, loglik %.4f, chisq %.4f on %d\n", seconds, m["logl"], m["chisq"], m["df"]))
