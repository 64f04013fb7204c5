# Rake one sample with R survey, and tell what it cost, as rake.py does.
# Rscript rake.R SAMPLE.csv MARGINS.csv     (margins: variable, level, people)
suppressPackageStartupMessages(library(survey))
given <- commandArgs(trailingOnly = TRUE)
sample <- read.csv(given[1], colClasses = "character")
margins <- read.csv(given[2], colClasses = c("character", "character", "numeric"))
sample$d <- sum(margins$people[margins$variable == names(sample)[1]]) / nrow(sample)

memory <- function(field) {
  line <- grep(paste0("^", field), readLines("/proc/self/status"), value = TRUE)
  as.numeric(gsub("[^0-9]", "", line))
}

invisible(gc(full = TRUE))
writeLines("5", "/proc/self/clear_refs")
before <- memory("VmRSS")
start <- proc.time()
names <- unique(margins$variable)
formulas <- lapply(names, function(name) reformulate(sprintf("`%s`", name)))
totals <- lapply(names, function(name) {
  rows <- margins[margins$variable == name, ]
  setNames(data.frame(rows$level, rows$people), c(name, "Freq"))
})
design <- svydesign(ids = ~1, weights = ~d, data = sample)
raked <- rake(design, formulas, totals, control = list(maxit = 1000, epsilon = 1e-10, verbose = FALSE))
weights <- weights(raked)
spent <- proc.time() - start
most <- memory("VmHWM")
missed <- max(sapply(names, function(name) {
  rows <- margins[margins$variable == name, ]
  sums <- tapply(weights, sample[[name]], sum)
  max(abs(sums[rows$level] / rows$people - 1))
}))
cat(sprintf(
  '{"seconds": %f, "cpu": %f, "kib": %f, "missed": %g}\n',
  spent[["elapsed"]], spent[["user.self"]] + spent[["sys.self"]], most - before, missed
))
