-- member: facts summed by day, town and breakdown.
SELECT
  day, town, member_group, CAST(SUM(d_balance) AS BIGINT) AS balance, CAST(SUM(d_net) AS BIGINT) AS net,
  CAST(SUM(d_joined) AS BIGINT) AS joined, CAST(SUM(d_nef_joined) AS BIGINT) AS nef_joined
FROM (
  SELECT
    day, town, member_group, balance AS d_balance, net AS d_net, joined AS d_joined,
    nef_joined AS d_nef_joined
  FROM fact_member
) AS changes
GROUP BY day, town, member_group
ORDER BY day, town, member_group
