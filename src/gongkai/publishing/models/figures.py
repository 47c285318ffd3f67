"""The figures of their area that released publications state, so that offices do not publish different ones."""

from __future__ import annotations

from django.db import models

from gongkai.publishing.models.publication import Publication


class PublishedFigure(models.Model):
    """One figure of an area and period, as one publication states it."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="figures")
    area = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    """The government whose area it is."""
    key = models.CharField(max_length=80)
    """Indicator, unit, year and part of the year: equal for what should be equal."""
    value = models.DecimalField(max_digits=26, decimal_places=6)
    step = models.DecimalField(max_digits=26, decimal_places=6)
    """The worth of its last decimal."""
    shown = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(fields=["area", "key"], name="figure_of_area")]
