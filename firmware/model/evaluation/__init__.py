"""How good a model is on people whom it has not seen: the same for each task, which says in a Task what is its own.

| module | subject |
|---|---|
| task | what a task and a recipe for a model are |
| folds | who is held out when |
| out_of_fold | each fold's models, and what they say of the people they have not seen |
| host_check | the generated C of a model against its Python |
| results, store | what came of it; on disk, with what it was made of |
| provenance | digests of data, code and settings, and what changed since |
| final | the model of all data, as C |
| training | results and final model, one after the other |
| metrics, summary, figures, report | in numbers, as JSON, drawn, as files |
"""
