-- What holds for an enterprise from a day on: how many unions and contracts stand over it at once.
SELECT
  uscc, day AS from_on,
  SUM(alive) OVER so_far AS alive,
  SUM(above) OVER so_far AS above,
  SUM(unions) OVER so_far AS unions,
  SUM(singles) OVER so_far AS singles,
  SUM(areas) OVER so_far AS areas,
  SUM(nengjis) OVER so_far AS nengjis,
  SUM(nengji_workers) OVER so_far AS nengji_workers
FROM enterprise_change
WINDOW so_far AS (PARTITION BY uscc ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
