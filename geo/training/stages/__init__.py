"""What each model of `geo.extraction` is learned from, one module for each table of `data/models`.

A stage has `TABLE`, `NOTE`, `examples` (of one report) and `learn`; `cross_fitting.Stage` is their protocol.
"""
