-- 建会销号, burn-down by year: the baseline is frozen on 1 January, what was closed and what was added since
-- are lines of their own, so that additions never move the rate. open_items runs across years.
WITH item AS (
  SELECT
    l.item_id, l.town, l.pool, l.listed_on, l.closed_on, COALESCE(l.close_reason, 'none') AS close_reason,
    l.owner_unit, e.name, l.file, l.sheet, l.row_no
  FROM src_clearance_ledger AS l
  LEFT JOIN src_enterprise AS e ON e.uscc = l.uscc
),
counted_year AS (
  SELECT y.from_on AS year_on, y.to_on AS year_end
  FROM calendar_year AS y
  INNER JOIN clock AS k ON y.to_on > k.complete_since AND y.from_on <= k.data_date
),
spells AS (
  SELECT item_id, year_on AS from_on, year_end AS to_on, 'none' AS reason, 1 AS base, 0 AS closed, 0 AS added, 0 AS opened
  FROM item
  INNER JOIN counted_year ON listed_on <= year_on AND (closed_on IS NULL OR closed_on >= year_on)
  UNION ALL
  SELECT item_id, closed_on, year_end, close_reason, 0, 1, 0, 0
  FROM item
  INNER JOIN counted_year ON listed_on <= year_on AND closed_on >= year_on AND closed_on < year_end
  UNION ALL
  SELECT item_id, listed_on, year_end, 'none', 0, 0, 1, 0
  FROM item
  INNER JOIN counted_year ON listed_on > year_on AND listed_on < year_end
  UNION ALL
  SELECT item_id, GREATEST(listed_on, complete_since), closed_on, 'none', 0, 0, 0, 1
  FROM item
  CROSS JOIN clock
  WHERE closed_on IS NULL OR closed_on > GREATEST(listed_on, complete_since)
)
SELECT
  s.from_on, s.to_on, i.town, i.pool, s.reason AS close_reason,
  CAST(s.base AS BIGINT) AS baseline, CAST(s.closed AS BIGINT) AS baseline_closed, CAST(s.added AS BIGINT) AS added,
  CAST(s.opened AS BIGINT) AS open_items,
  i.item_id, i.name, i.owner_unit, i.listed_on, i.closed_on, i.file, i.sheet, i.row_no
FROM spells AS s
INNER JOIN item AS i ON i.item_id = s.item_id
ORDER BY s.from_on, i.town, i.item_id, s.reason, s.base, s.closed, s.added
