-- check_item: + where an interval starts, - where it ends; the stock at a day is the sum up to it.
SELECT
  day, town, item, CAST(SUM(d_item_checked) AS BIGINT) AS item_checked,
  CAST(SUM(d_item_pass) AS BIGINT) AS item_pass
FROM (
  SELECT
    from_on AS day, town, item, item_checked AS d_item_checked, item_pass AS d_item_pass
  FROM fact_check_item
  UNION ALL
  SELECT
    to_on AS day, town, item, -item_checked AS d_item_checked, -item_pass AS d_item_pass
  FROM fact_check_item
  WHERE to_on IS NOT NULL
) AS changes
GROUP BY day, town, item
ORDER BY day, town, item
