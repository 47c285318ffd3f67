"""The tamper-evident record of everything that is done: `chain.record`, `chain.verify`, `chain.history`."""
