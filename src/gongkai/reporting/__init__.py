"""The library of annual reports: read from files, confirmed and corrected by staff, published."""
