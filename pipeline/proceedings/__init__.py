"""Texts merged by theme into a volume: order, typography, lists, indexes."""
