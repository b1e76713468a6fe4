-- 期满 and 续签. A contract is renewed when at least half of the enterprises it still covered on its last day
-- stand, within 30 days, under a contract that runs past its end and has begun by the data date (目前已生效);
-- 单签 may be followed by 区域.
WITH expired AS (
  SELECT contract_id, contract_no, scope, topic, town, uscc, ends_on, file, sheet, row_no
  FROM contract_term
  WHERE ends_on = to_on
),
units AS (
  SELECT x.contract_id, x.ends_on, c.uscc
  FROM expired AS x
  INNER JOIN cover AS c ON c.contract_id = x.contract_id AND c.to_on = x.ends_on
),
followed AS (
  SELECT u.contract_id, u.uscc
  FROM units AS u
  INNER JOIN cover AS c
    ON c.uscc = u.uscc AND c.from_on <= u.ends_on + 30 AND c.to_on > u.ends_on
  INNER JOIN clock AS k ON c.from_on <= k.data_date
  GROUP BY u.contract_id, u.uscc
),
judged AS (
  SELECT contract_id, CASE WHEN 2 * SUM(is_followed) >= COUNT(1) THEN 1 ELSE 0 END AS is_renewed
  FROM (
    SELECT u.contract_id, u.uscc, CASE WHEN f.uscc = u.uscc THEN 1 ELSE 0 END AS is_followed
    FROM units AS u
    LEFT JOIN followed AS f ON f.contract_id = u.contract_id AND f.uscc = u.uscc
  ) AS marked
  GROUP BY contract_id
)
SELECT
  x.ends_on AS day, x.town, x.scope, x.topic, CAST(1 AS BIGINT) AS expired,
  CAST(CASE WHEN j.is_renewed = 1 THEN 1 ELSE 0 END AS BIGINT) AS renewed,
  x.contract_id, x.contract_no, e.name, x.file, x.sheet, x.row_no
FROM expired AS x
LEFT JOIN judged AS j ON j.contract_id = x.contract_id
LEFT JOIN src_enterprise AS e ON e.uscc = x.uscc
ORDER BY x.ends_on, x.town, x.contract_id
