-- The four steps with a statutory limit (浙江省集体合同条例2010 第7、24、34、35条), by the day the clock starts.
SELECT
  contract_id, 'reply' AS step, offered_on AS started_on, replied_on AS done_on, 10 AS workdays, 0 AS days
FROM src_contract
WHERE topic IN ('wage', 'nengji')
UNION ALL
SELECT contract_id, 'congress' AS step, drafted_on AS started_on, congress_on AS done_on, 15 AS workdays, 0 AS days
FROM src_contract
WHERE topic IN ('wage', 'nengji') AND drafted_on IS NOT NULL
UNION ALL
SELECT contract_id, 'filing' AS step, signed_on AS started_on, filed_on AS done_on, 0 AS workdays, 10 AS days
FROM src_contract
WHERE topic IN ('wage', 'nengji') AND signed_on IS NOT NULL
UNION ALL
SELECT
  contract_id, 'announce' AS step, COALESCE(effective_on, filed_on + 15) AS started_on,
  announced_on AS done_on, 5 AS workdays, 0 AS days
FROM src_contract
WHERE topic IN ('wage', 'nengji') AND COALESCE(effective_on, filed_on) IS NOT NULL
