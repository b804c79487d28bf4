# Varnish in front of Dateline; tried with 7.1. Needs vmod xkey: Debian package varnish-modules.
# Dateline is told of it by DATELINE_EDGE_OUTER=varnish+http://127.0.0.1:6081, and
# believes its X-Forwarded-For when DATELINE_TRUSTED_PROXIES names its address.
vcl 4.1;

import xkey;

backend default {
    .host = "127.0.0.1";
    .port = "8000";
    .first_byte_timeout = 35s;
}

# Who may purge: the machines that run Dateline.
acl purgers {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        # A request that came through another proxy (two addresses) is not from Dateline itself,
        # even where that proxy runs on this machine.
        if (client.ip !~ purgers || req.http.X-Forwarded-For ~ ",") {
            return (synth(403, "Not a purger"));
        }
        if (req.http.xkey-purge) {
            set req.http.x-purged = xkey.purge(req.http.xkey-purge);
            return (synth(200, "Purged " + req.http.x-purged));
        }
        if (req.http.xkey-softpurge) {
            set req.http.x-purged = xkey.softpurge(req.http.xkey-softpurge);
            return (synth(200, "Purged softly " + req.http.x-purged));
        }
        return (synth(400, "Name tags in xkey-purge or xkey-softpurge"));
    }
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    if (req.http.Authorization) {
        return (pass);
    }
    # Cookies are no reason to go around the cache: pages for everyone are made without them, and
    # what is made with them is not kept (below).
    return (hash);
}

sub vcl_backend_response {
    # Only what Dateline names tags for can be purged, so only that is kept.
    if (beresp.http.xkey !~ "[^ ]" || beresp.http.Set-Cookie || beresp.http.Vary ~ "(?i)cookie|\*"
        || beresp.http.Cache-Control !~ "s-maxage" || beresp.http.Cache-Control ~ "private|no-store") {
        set beresp.uncacheable = true;
        set beresp.ttl = 5s;
        set beresp.grace = 0s;
        return (deliver);
    }
    # After a soft purge the old page is shown once more, for as long as the page itself allows.
    if (beresp.http.Cache-Control !~ "stale-while-revalidate") {
        set beresp.grace = 0s;
    }
}

sub vcl_deliver {
    unset resp.http.xkey;
    unset resp.http.Surrogate-Key;
}
