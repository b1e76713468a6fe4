-- check: + where an interval starts, - where it ends; the stock at a day is the sum up to it.
SELECT
  day, town, station_type, CAST(SUM(d_checked) AS BIGINT) AS checked,
  CAST(SUM(d_eight_pass) AS BIGINT) AS eight_pass
FROM (
  SELECT
    from_on AS day, town, station_type, checked AS d_checked, eight_pass AS d_eight_pass
  FROM fact_check
  UNION ALL
  SELECT
    to_on AS day, town, station_type, -checked AS d_checked, -eight_pass AS d_eight_pass
  FROM fact_check
  WHERE to_on IS NOT NULL
) AS changes
GROUP BY day, town, station_type
ORDER BY day, town, station_type
