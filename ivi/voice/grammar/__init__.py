# SPDX-License-Identifier: Apache-2.0
"""Sentences to a recogniser's grammar: a minimal automaton, its OpenFst file, and a model folder that uses it."""
