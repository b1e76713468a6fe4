-- division: + where an interval starts, - where it ends; the stock at a day is the sum up to it.
SELECT
  day, town, town_kind, CAST(SUM(d_towns) AS BIGINT) AS towns
FROM (
  SELECT
    from_on AS day, town, town_kind, towns AS d_towns
  FROM fact_division
  UNION ALL
  SELECT
    to_on AS day, town, town_kind, -towns AS d_towns
  FROM fact_division
  WHERE to_on IS NOT NULL
) AS changes
GROUP BY day, town, town_kind
ORDER BY day, town, town_kind
