"""Make ``stories/data/stance.tsv.gz``: the weights by which two headlines agree, disagree or are about other things.

train_stance.py TRAIN.csv    pairs of headlines with their stance (columns s1, s2, stance); prints the cross-validated macro F1

The packaged weights come from the training part of ANS (Arabic News Stance; Khouja 2020, Apache-2.0).
"""

from __future__ import annotations

import csv
import gzip
import sys
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from tawatur.stories.stance import Stance, features

OUT = Path(__file__).resolve().parent.parent / "src/tawatur/stories/data/stance.tsv.gz"
HEAD = """\
# The weights of stance, found by scripts/train_stance.py: feature, weight for agree, disagree, other. stories/stance.py says what
# each feature is. Trained on the training part of ANS (Khouja 2020, "Stance Prediction and Claim Verification: An Arabic
# Perspective"), Apache-2.0.
"""
#: How strong the weights are held back (scikit-learn's C), of 0.1, 0.3, 1 and 3 by cross-validation; the least weight that is kept.
HELD, LEAST = 0.3, 0.04


def main(path: Path) -> None:
    """Train on the pairs of a file, print how good the model is on pairs it did not see, and write it."""
    with path.open(encoding="utf-8") as file:
        pairs = list(csv.DictReader(file))
    measured, gold = [features(pair["s1"], pair["s2"]) for pair in pairs], np.array([pair["stance"] for pair in pairs])
    model = make_pipeline(
        DictVectorizer(), LogisticRegression(C=HELD, max_iter=400, class_weight="balanced", fit_intercept=False)
    )
    folds = StratifiedKFold(5, shuffle=True, random_state=1)
    print(
        f"macro F1, cross-validated: {f1_score(gold, cross_val_predict(model, measured, gold, cv=folds), average='macro'):.4f}"
    )
    model.fit(measured, gold)
    write(model[0].get_feature_names_out(), model[1].coef_, list(model[1].classes_))


def write(names: np.ndarray, weights: np.ndarray, classes: list[str]) -> None:
    """Write the weights that count."""
    columns = [classes.index(kind.value) for kind in Stance]
    lines = [
        "\t".join((name, *(f"{weights[column, at]:.2f}" for column in columns)))
        for at, name in enumerate(names)
        if np.abs(weights[:, at]).max() >= LEAST
    ]
    OUT.write_bytes(gzip.compress((HEAD + "\n".join(lines) + "\n").encode(), mtime=0))
    print(f"{len(lines)} weights, {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
