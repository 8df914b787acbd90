"""A classifier for microcontrollers without floating point, multiplier hardware beyond 32 bits, or divider: features in
int16, dense layers of 8, 4 or 2 bit weights, class probabilities in 1/65535.

| module | subject |
|---|---|
| quantised | the network in integers, as the chip computes it; save and predict like an emlearn Wrapper |
| scaling | from features to what the first layer takes |
| dense | a layer |
| softmax | from logits to probabilities |
| training, settings | from examples to a network, with the rounding of the integers in every step |
| trained, rounding, optimiser, conversion | parts of the training |
| source, packing | the network as C |

    settings = Settings(hidden=(16,), bits=(4, 4))
    network = fit_arrays(features, labels, ("rest", "walk"), settings, seed=0)
    network.save(Path("motion_network"), "motion_network")  # .h and .c, in which predict and predict_proba give the same

It needs NumPy and Jinja2, and nothing of this project, so that it can be used elsewhere.
"""
