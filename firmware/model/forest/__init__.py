"""Forests of small trees, trained by scikit-learn, converted by emlearn, and exact on the chip.

`fit` trains; what it gives is a `Forest`, a classifier.Classifier. All that the chip rounds, scikit-learn's own model has
rounded: thresholds are on a grid of 8 bits, and leaves hold their distributions in 1/128. So scikit-learn's predict and
predict_proba are what the chip must give, and no tolerance is needed to compare them.
"""

from firmware.model.forest.model import Forest
from firmware.model.forest.training import ForestSettings, fit

__all__ = ["Forest", "ForestSettings", "fit"]
