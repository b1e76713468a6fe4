-- holder: + where an interval starts, - where it ends; the stock at a day is the sum up to it.
SELECT
  day, town, CAST(SUM(d_holders) AS BIGINT) AS holders, CAST(SUM(d_high_holders) AS BIGINT) AS high_holders
FROM (
  SELECT
    from_on AS day, town, holders AS d_holders, high_holders AS d_high_holders
  FROM fact_holder
  UNION ALL
  SELECT
    to_on AS day, town, -holders AS d_holders, -high_holders AS d_high_holders
  FROM fact_holder
  WHERE to_on IS NOT NULL
) AS changes
GROUP BY day, town
ORDER BY day, town
