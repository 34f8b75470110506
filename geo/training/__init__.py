"""Learn the tables of `data/models` from labelled reports, and measure how well unseen reports are read.

Not part of the wheel: it needs the evaluation sets beside the checkout and the packages of the extra `dev`.
`sets` reads the sets, `linear_fit` fits models, `cross_fitting` fits every stage without the fold that is then read,
`accuracy` measures and writes. `stages` holds what each model of `geo.extraction` is learned from, `toponyms` the same
for `geo.geoparsing`, `words` takes word lists from published ones.
"""

import os

from geo.additions.rows import FOLDER_VARIABLE

# What whoever learns or measures has added to geo's words must not get into weights and figures.
os.environ[FOLDER_VARIABLE] = os.devnull
