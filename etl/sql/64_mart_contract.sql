-- contract: + where an interval starts, - where it ends; the stock at a day is the sum up to it.
SELECT
  day, town, scope, topic, CAST(SUM(d_in_force) AS BIGINT) AS in_force,
  CAST(SUM(d_nengji_in_force) AS BIGINT) AS nengji_in_force
FROM (
  SELECT
    from_on AS day, town, scope, topic, in_force AS d_in_force, nengji_in_force AS d_nengji_in_force
  FROM fact_contract
  UNION ALL
  SELECT
    to_on AS day, town, scope, topic, -in_force AS d_in_force, -nengji_in_force AS d_nengji_in_force
  FROM fact_contract
  WHERE to_on IS NOT NULL
) AS changes
GROUP BY day, town, scope, topic
ORDER BY day, town, scope, topic
