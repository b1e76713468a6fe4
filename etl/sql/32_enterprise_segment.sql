-- Overlaps merged: longest stretches of one state of a living enterprise. Where several 能级 contracts overlap
-- the workers are those of the largest, never their sum.
WITH overlap AS (
  SELECT s.uscc, s.from_on, MAX(c.workers) AS most
  FROM enterprise_state AS s
  INNER JOIN cover AS c
    ON c.uscc = s.uscc AND c.topic = 'nengji' AND c.from_on <= s.from_on AND c.to_on > s.from_on
  WHERE s.nengjis > 1
  GROUP BY s.uscc, s.from_on
),
coded AS (
  SELECT
    s.uscc, s.from_on,
    CASE WHEN s.above > 0 THEN 1 ELSE 0 END AS above,
    CASE WHEN s.unions > 0 THEN 1 ELSE 0 END AS unionised,
    CASE WHEN s.singles > 0 THEN 1 ELSE 0 END AS single,
    CASE WHEN s.areas > 0 THEN 1 ELSE 0 END AS area,
    CASE WHEN s.nengjis > 0 THEN 1 ELSE 0 END AS nengji,
    CAST(CASE WHEN s.nengjis > 1 THEN o.most ELSE s.nengji_workers END AS BIGINT) AS nengji_workers
  FROM enterprise_state AS s
  LEFT JOIN overlap AS o ON o.uscc = s.uscc AND o.from_on = s.from_on
  WHERE s.alive > 0
),
compared AS (
  SELECT
    uscc, from_on, above, unionised, single, area, nengji, nengji_workers,
    above + 2 * unionised + 4 * single + 8 * area + 16 * nengji + 32 * nengji_workers AS state_no,
    LAG(above + 2 * unionised + 4 * single + 8 * area + 16 * nengji + 32 * nengji_workers, 1, -1)
      OVER (PARTITION BY uscc ORDER BY from_on) AS state_before
  FROM coded
)
SELECT
  uscc, from_on, LEAD(from_on) OVER (PARTITION BY uscc ORDER BY from_on) AS next_on,
  above, unionised, single, area, nengji, nengji_workers
FROM compared
WHERE state_no <> state_before
