"""What people choose to be sent: readers letters of their own (``own``), the operator public ones (``public``), and whoever has an
address those (``people``). What somebody wishes for is read in ``wishes``, the city whose clocks count in ``zones``."""
