"""Which size of a model is the best that fits: accuracy on unseen people x flash x cycles of many candidates.

Whom a model is tested on has no say in which one is taken: each outer fold chooses anew, by inner folds of its training people.

| module | subject |
|---|---|
| candidate | a recipe with other settings; what a budget allows |
| grids, motion_grid, sound_grid | the candidates, and the sizes of the README's table |
| plan | which folds each training leaves out |
| score | one training: right answers on what it left out, and its cost |
| work, kept, workers | trainings side by side, here or on a Dask cluster; what is done stays done |
| nested | choice inside, test outside |
| front, figure, report | candidates that no other one beats, drawn, as JSON |
| sizes, whole, ram, current, table | the README's table of sizes, each tested as its task says |
"""
