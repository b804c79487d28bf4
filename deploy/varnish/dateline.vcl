# Varnish between TLS and Dateline's front; tried with 7.1 of Debian. Needs vmod xkey: Debian
# package varnish-modules. Vinyl Cache 9: see docs/how-to/put-varnish-in-front.md.
#
# Dateline must know of it: DATELINE_EDGE_OUTER=varnish+http://127.0.0.1:6081 makes it purge here
# and say how long a page may be kept; DATELINE_TRUSTED_PROXIES=127.0.0.1 makes it name the tags.
#
# Every `return` here is meant: of the built-in VCL nothing runs in vcl_recv and
# vcl_backend_response.
vcl 4.1;

import std;
import var;
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

# Who ends TLS before Varnish. Of everyone else what they say about forwarding is not believed.
acl tls_enders {
    "127.0.0.1";
    "::1";
}

sub vcl_recv {
    if (req.method == "PURGE") {
        call purge_by_tag;
    }
    if (req.restarts == 0) {
        unset req.http.x-unanswered;
        if (client.ip !~ tls_enders) {
            set req.http.X-Forwarded-For = client.ip;
            unset req.http.X-Forwarded-Proto;
        }
        # While a soft purge's new page is fetched, the old one is shown for a minute at most,
        # however long it may stand in for a dead server (vcl_deliver).
        set req.grace = 60s;
    }
    # "GET http://host" is read in two ways by servers of different age.
    if (req.url !~ "^/") {
        return (synth(400, "The address of a request must begin with a slash"));
    }
    # The desk, and what is said to one reader, need not even be looked for. Were this missing they
    # would not be kept either: nothing is that names no tags.
    if (req.http.host ~ "(?i)^desk\." || req.url ~ "^/(me|account|metrics|livez|readyz)([/?]|$)") {
        return (pass);
    }
    # The front says what it thinks of other methods, and of a body under GET.
    if ((req.method != "GET" && req.method != "HEAD") || req.http.Authorization
        || req.http.Content-Length || req.http.Transfer-Encoding) {
        return (pass);
    }
    # Dateline makes each page once in brotli, once in gzip and once plain, so that is how many
    # varnishd keeps: started with -p http_gzip_support=off it leaves this header to us.
    if (req.http.Accept-Encoding ~ "(?i)(^|[ ,])br *(,|$)") {
        set req.http.Accept-Encoding = "br";
    } elsif (req.http.Accept-Encoding ~ "(?i)(^|[ ,])gzip *(,|$)") {
        set req.http.Accept-Encoding = "gzip";
    } else {
        unset req.http.Accept-Encoding;
    }
    # Cookies are no part of the key and no reason to go around the cache: pages for everyone are
    # made without them, and what is made with them is not kept.
    return (hash);
}

sub purge_by_tag {
    # A request that came through another proxy is not from Dateline itself, even where that proxy
    # runs on this machine. (The one address that Varnish has put there by now is the sender's.)
    if (client.ip !~ purgers || req.http.X-Forwarded-Proto || req.http.Forwarded
        || (req.http.X-Forwarded-For && req.http.X-Forwarded-For != "" + client.ip)) {
        return (synth(403, "Not a purger"));
    }
    # From here on nothing is kept that was answered before this purge (vcl_backend_response). Two
    # that come at once may leave the lower number; the second purge, two seconds later, mends that.
    if (req.http.x-dateline-standing ~ "^\d+-\d+$") {
        set req.http.x-counters = "counters " + regsub(req.http.x-dateline-standing, "-.*$", "");
        set req.http.x-number = regsub(req.http.x-dateline-standing, "^.*-", "");
        if (std.integer(req.http.x-number, 0)
            > std.integer(var.global_get(req.http.x-counters), 0)) {
            var.global_set(req.http.x-counters, req.http.x-number);
        }
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

sub vcl_backend_fetch {
    # A 304 repeats neither tags nor lifetime, and both may have changed under the same body: a page
    # that is to be kept is always fetched whole.
    if (!bereq.uncacheable) {
        unset bereq.http.If-None-Match;
        unset bereq.http.If-Modified-Since;
    }
}

sub vcl_backend_response {
    # Only what Dateline names tags for can be purged, so only that is kept, for as long as
    # Surrogate-Control allows. It ends with the moment at which something in the page opens or
    # closes, and then names no stale-*: such a page is not shown a second longer.
    if (beresp.http.xkey !~ "[^ ]" || beresp.http.Surrogate-Control !~ "(^|[ ,])max-age=[1-9]"
        || beresp.http.Surrogate-Control ~ "no-store" || beresp.http.Set-Cookie
        || beresp.http.Cache-Control ~ "(?i)private|no-store"
        || (beresp.http.Vary && beresp.http.Vary !~ "(?i)^ *accept-encoding *$")) {
        set beresp.uncacheable = true;
        set beresp.ttl = 5s;
        set beresp.grace = 0s;
        set beresp.keep = 0s;
        return (deliver);
    }
    # Dateline says where its counters stood when it answered. A purge has been heard of since then,
    # perhaps of this very page: ask again, and keep nothing that stays behind.
    if (std.integer(regsub(beresp.http.x-dateline-standing, "^.*-", ""), 0) < std.integer(
            var.global_get("counters " + regsub(beresp.http.x-dateline-standing, "-.*$", "")), 0)) {
        if (bereq.retries < 2) {
            return (retry);
        }
        set beresp.uncacheable = true;
        set beresp.ttl = 1s;
        set beresp.grace = 0s;
        set beresp.keep = 0s;
        return (deliver);
    }
    set beresp.ttl = std.duration(
        regsub(beresp.http.Surrogate-Control, "^(?:.*[ ,])?max-age=(\d+).*$", "\1s"), 0s);
    set beresp.grace = 0s;
    set beresp.keep = 0s;
    if (beresp.http.Surrogate-Control ~ "stale-if-error=\d") {
        set beresp.grace = std.duration(
            regsub(beresp.http.Surrogate-Control, "^.*stale-if-error=(\d+).*$", "\1s"), 0s);
    } elsif (beresp.http.Surrogate-Control ~ "stale-while-revalidate=\d") {
        set beresp.grace = std.duration(
            regsub(beresp.http.Surrogate-Control, "^.*stale-while-revalidate=(\d+).*$", "\1s"), 0s);
    }
    return (deliver);
}

sub vcl_backend_error {
    set beresp.ttl = 0s;
    set beresp.grace = 0s;
    set beresp.http.x-unanswered = "1";
    set beresp.http.Content-Type = "text/plain; charset=utf-8";
    set beresp.http.Cache-Control = "no-store";
    set beresp.http.Retry-After = "5";
    synthetic({"The newsroom's server does not answer just now. Please try again in a moment.
"});
    return (deliver);
}

sub vcl_deliver {
    # Nobody answers: look once more, this time for a page of any age its stale-if-error allows. A
    # page that was corrected, killed or closed is not here any more, of whatever age.
    if (resp.http.x-unanswered && req.restarts == 0 && (req.method == "GET" || req.method == "HEAD")
        && !req.http.Authorization) {
        set req.http.x-unanswered = "1";
        set req.grace = 1d;
        return (restart);
    }
    # RFC 9211: what was said before is kept, and what was done here is added.
    if (obj.hits > 0) {
        if (req.http.x-unanswered) {
            set resp.http.x-said = "varnish; hit; detail=stale-if-error";
        } elsif (obj.ttl <= 0s) {
            set resp.http.x-said = "varnish; hit; detail=refreshing";
        } else {
            set resp.http.x-said = "varnish; hit";
        }
    } elsif (obj.uncacheable) {
        set resp.http.x-said = "varnish; fwd=bypass";
    } else {
        set resp.http.x-said = "varnish; fwd=uri-miss";
    }
    if (resp.http.Cache-Status) {
        set resp.http.Cache-Status = resp.http.Cache-Status + ", " + resp.http.x-said;
    } else {
        set resp.http.Cache-Status = resp.http.x-said;
    }
    # Tags and lifetimes are between Dateline and its caches. The rest tells readers nothing.
    unset resp.http.xkey;
    unset resp.http.Surrogate-Key;
    unset resp.http.Surrogate-Control;
    unset resp.http.x-dateline-standing;
    unset resp.http.Cache-Tag;
    unset resp.http.Cache-Groups;
    unset resp.http.x-unanswered;
    unset resp.http.x-said;
    unset resp.http.X-Varnish;
    unset resp.http.Via;
    return (deliver);
}
