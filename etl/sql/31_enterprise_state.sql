-- What holds for an enterprise from a day on: how many unions and contracts stand over it at once.
SELECT
  uscc, day AS from_on,
  SUM(net_alive) OVER so_far AS alive,
  SUM(net_above) OVER so_far AS above,
  SUM(net_unions) OVER so_far AS unions,
  SUM(net_singles) OVER so_far AS singles,
  SUM(net_areas) OVER so_far AS areas,
  SUM(net_nengjis) OVER so_far AS nengjis,
  SUM(net_workers) OVER so_far AS nengji_workers
FROM enterprise_change
WINDOW so_far AS (PARTITION BY uscc ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
