-- expiring: + where an interval starts, - where it ends; the stock at a day is the sum up to it.
SELECT
  day, town, scope, topic, CAST(SUM(d_expiring_90d) AS BIGINT) AS expiring_90d
FROM (
  SELECT
    from_on AS day, town, scope, topic, expiring_90d AS d_expiring_90d
  FROM fact_expiring
  UNION ALL
  SELECT
    to_on AS day, town, scope, topic, -expiring_90d AS d_expiring_90d
  FROM fact_expiring
  WHERE to_on IS NOT NULL
) AS changes
GROUP BY day, town, scope, topic
ORDER BY day, town, scope, topic
