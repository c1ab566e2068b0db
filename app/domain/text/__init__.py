"""Texts and languages: what is written how, in which language, with which characters."""
