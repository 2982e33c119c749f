/** The attributes of an HTTP group with `ip` targets, with AWS's defaults. */
export function defaultTargetGroupAttributes(): Map<string, string> {
  return new Map([
    ['deregistration_delay.timeout_seconds', '300'],
    ['stickiness.enabled', 'false'],
    ['stickiness.type', 'lb_cookie'],
    ['stickiness.lb_cookie.duration_seconds', '86400'],
    ['stickiness.app_cookie.cookie_name', ''],
    ['stickiness.app_cookie.duration_seconds', '86400'],
    ['slow_start.duration_seconds', '0'],
    ['load_balancing.algorithm.type', 'round_robin'],
    ['load_balancing.algorithm.anomaly_mitigation', 'off'],
    ['load_balancing.cross_zone.enabled', 'use_load_balancer_configuration'],
    ['target_group_health.dns_failover.minimum_healthy_targets.count', '1'],
    ['target_group_health.dns_failover.minimum_healthy_targets.percentage', 'off'],
    ['target_group_health.unhealthy_state_routing.minimum_healthy_targets.count', '1'],
    ['target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage', 'off'],
  ]);
}

/** The attributes of an application load balancer, with AWS's defaults. */
export function defaultLoadBalancerAttributes(): Map<string, string> {
  return new Map([
    ['access_logs.s3.enabled', 'false'],
    ['access_logs.s3.bucket', ''],
    ['access_logs.s3.prefix', ''],
    ['client_keep_alive.seconds', '3600'],
    ['connection_logs.s3.enabled', 'false'],
    ['connection_logs.s3.bucket', ''],
    ['connection_logs.s3.prefix', ''],
    ['deletion_protection.enabled', 'false'],
    ['idle_timeout.timeout_seconds', '60'],
    ['load_balancing.cross_zone.enabled', 'true'],
    ['routing.http.desync_mitigation_mode', 'defensive'],
    ['routing.http.drop_invalid_header_fields.enabled', 'false'],
    ['routing.http.preserve_host_header.enabled', 'false'],
    ['routing.http.x_amzn_tls_version_and_cipher_suite.enabled', 'false'],
    ['routing.http.xff_client_port.enabled', 'false'],
    ['routing.http.xff_header_processing.mode', 'append'],
    ['routing.http2.enabled', 'true'],
    ['waf.fail_open.enabled', 'false'],
    ['zonal_shift.config.enabled', 'false'],
  ]);
}

/** The attributes of a listener of an application load balancer, with AWS's defaults. */
export function defaultListenerAttributes(): Map<string, string> {
  return new Map([['routing.http.response.server.enabled', 'true']]);
}
