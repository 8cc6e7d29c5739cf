"""The numbers of this chapter once more, by NumPy: prints values.json, which the tests compare with GradLens.

    python3 values.py > values.json
"""
import json

import numpy as np


def show(**values):
    return {name: np.asarray(value, dtype=float).tolist() for name, value in values.items()}


def shopping():
    a, n, tau = 100, 2, 1.1
    one = show(p=a * n * tau, a=n * tau, n=a * tau, τ=a * n)
    b, m = 150, 3
    q = a * n + b * m
    return [one, show(p=q * tau, a=n * tau, n=a * tau, b=m * tau, m=b * tau, τ=q)]


def chain_rule():
    x, y = 1.5, 0.5
    return [show(z=(x + y) ** 2, t=2 * (x + y), x=2 * (x + y), y=2 * (x + y))]


def add_and_multiply():
    up, a, b = 1.3, 10, 5
    return [show(x=up, y=up), show(a=up * b, b=up * a)]


def relu():
    x = 1.5
    return [show(y=np.maximum(x, 0), x=float(x > 0))]


def sigmoid():
    x = 0.5
    y = 1 / (1 + np.exp(-x))
    return [show(y=y, x=y * (1 - y), p=-(y**2) * np.exp(-x), q=-(y**2), r=-(y**2))]


def affine():
    x, b, dy = np.array([1, 2]), np.array([0.5, 0, -1]), np.array([1, -2, 0.5])
    W = np.array([[1, -1], [0, 2], [3, 1]])
    one = show(y=W @ x + b, x=W.T @ dy, W=np.outer(dy, x), b=dy)
    X, c = np.array([[1, 2], [3, 4]]), np.array([0.1, 0.2, 0.3])
    V = np.array([[1, 0, -1], [2, 1, 0.5]])
    dY = np.array([[1, 0, 2], [-1, 3, 0.5]])
    return [one, show(Y=X @ V + c, X=dY @ V.T, V=X.T @ dY, c=dY.sum(axis=0))]


def softmax_with_loss():
    a, t = np.array([0.3, 2.9, 4]), np.array([0, 0, 1])
    y = np.exp(a) / np.exp(a).sum()
    return [show(L=-np.sum(t * np.log(y)), a=y - t, y=-t / y)]


def network():
    X = np.array([[1, 0.5], [-1, 2]])
    U = np.array([[0.1, -0.2, 0.3], [0.4, 0.5, -0.6]])
    V = np.array([[0.7, -0.1], [0.2, 0.3], [-0.5, 0.6]])
    b, c = np.array([0.1, 0, -0.1]), np.array([0, 0.2])
    Z = 1 / (1 + np.exp(-(X @ U + b)))
    dS = np.array([[0.2, -0.2], [-0.3, 0.3]])
    dZ = dS @ V.T
    dA = dZ * Z * (1 - Z)
    return [show(S=Z @ V + c, X=dA @ U.T, U=X.T @ dA, b=dA.sum(axis=0), V=Z.T @ dS, c=dS.sum(axis=0))]


print(
    json.dumps(
        {
            "1-shopping": shopping(),
            "2-chain-rule": chain_rule(),
            "3-add-and-multiply": add_and_multiply(),
            "4-relu": relu(),
            "5-sigmoid": sigmoid(),
            "6-affine": affine(),
            "7-softmax-with-loss": softmax_with_loss(),
            "8-two-layer-network": network(),
        },
        ensure_ascii=False,
        indent=1,
    )
)
