//! Where a proxy on this machine or network sends what it gets: to what its own configuration in the tree says.

use super::entry::Entry;
use crate::config::{Pattern, Setting, Settings};
use crate::destination;
use crate::finding::{Candidate, Step, StepKind, Verdict};
use crate::policy::Policy;
use crate::rules::Rules;
use crate::rules::app::{App, Proxy};
use crate::rules::glob;
use std::collections::BTreeSet;

/// The proxies of a tree.
pub struct Proxies<'a> {
    rules: &'a Rules,
    policy: &'a Policy,
    entries: &'a [Entry<'a>],
    settings: &'a Settings,
    /// Names of services whose image is a known program's.
    services: Vec<(&'a str, &'a App, &'a Setting)>,
    /// Ports of this machine that are handed on to another host.
    forwarded: Vec<(u16, &'a Setting)>,
}

impl<'a> Proxies<'a> {
    /// The proxies that run as services of the tree or have their configuration in it.
    pub fn new(
        rules: &'a Rules,
        policy: &'a Policy,
        settings: &'a Settings,
        entries: &'a [Entry<'a>],
    ) -> Proxies<'a> {
        let patterns: Vec<Pattern> = rules.naming.images.iter().map(|path| Pattern::new(path)).collect();
        let mut services = Vec::new();
        for setting in settings.iter() {
            if !patterns.iter().any(|pattern| pattern.fits(&setting.path).is_some()) {
                continue;
            }
            let runs = |app: &&App| {
                app.proxy.iter().flat_map(|p| &p.images).any(|i| glob::matches(i, &setting.value))
            };
            let name = setting.path.len().checked_sub(2).and_then(|at| setting.path.get(at));
            if let (Some(app), Some(name)) = (rules.apps.iter().find(runs), name) {
                services.push((name.as_str(), app, setting));
            }
        }
        let forwarded = settings.iter().filter_map(|s| Some((s.forwards()?, s))).collect();
        Proxies { rules, policy, entries, settings, services, forwarded }
    }

    /// Where a request to a local address goes in the end; `None` when it stays.
    pub fn beyond(&self, candidate: &Candidate, models: &[String]) -> Option<Vec<Candidate>> {
        if candidate.verdict != Verdict::Local {
            return None;
        }
        let port = port_of(&candidate.url);
        let forwarded = self.forwarded(candidate, port);
        if !forwarded.is_empty() {
            return Some(forwarded);
        }
        let service = self.services.iter().find(|(name, ..)| *name == first_label(&candidate.host));
        for app in &self.rules.apps {
            let Some(proxy) = &app.proxy else { continue };
            let runs = service.is_some_and(|(_, known, _)| known.id == app.id);
            let named = proxy.hosts.iter().any(|g| glob::matches(g, first_label(&candidate.host)));
            let listens = port.is_some_and(|port| proxy.ports.contains(&port));
            if service.is_some_and(|(_, known, _)| known.id != app.id)
                || !(runs || named || listens || port.is_none())
            {
                continue;
            }
            if let Some(there) = self.elsewhere(candidate, app, proxy, models) {
                return Some(there);
            }
            if !proxy.forwards || !(runs || named || listens) {
                continue;
            }
            let image = service.filter(|_| runs).map(|(_, _, setting)| *setting);
            let found = self.configured(candidate, app, image, models);
            if !found.is_empty() {
                return Some(found);
            }
            if runs || named {
                return Some(vec![self.unknown(candidate, app, proxy)]);
            }
        }
        None
    }

    /// Where a port of this machine is handed on to.
    fn forwarded(&self, candidate: &Candidate, port: Option<u16>) -> Vec<Candidate> {
        let loopback = |host: &str| {
            host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
        };
        let Some(port) = port.filter(|_| loopback(&candidate.host)) else { return Vec::new() };
        let mut found: Vec<Candidate> = Vec::new();
        for (_, setting) in self.forwarded.iter().filter(|(from, _)| *from == port) {
            let url = match setting.value.contains("://") {
                true => setting.value.clone(),
                false => format!("https://{}", setting.value),
            };
            let because = format!("port {port} of this machine is forwarded there");
            let mut evidence = vec![Step {
                span: setting.span,
                message: format!("port {port} is forwarded to `{}`", setting.value),
                kind: StepKind::Endpoint,
                depth: 0,
            }];
            evidence.extend(candidate.evidence.iter().cloned());
            let there = destination::candidate(self.rules, self.policy, &url, because, evidence);
            if !found.iter().any(|c| c.url == there.url) {
                found.push(there);
            }
        }
        found
    }

    /// A model that the program has served by its maker.
    fn elsewhere(
        &self,
        candidate: &Candidate,
        app: &App,
        proxy: &Proxy,
        models: &[String],
    ) -> Option<Vec<Candidate>> {
        let far = |id: &&String| proxy.elsewhere.iter().any(|g| glob::matches(g, id));
        let model = models.iter().find(far)?;
        let url = self.rules.url_of(proxy.provider.as_ref()?)?;
        let because = format!("{} has `{model}` served elsewhere", app.name);
        let evidence = candidate.evidence.clone();
        let there = destination::candidate(self.rules, self.policy, &url, because, evidence);
        let stays = models.iter().any(|id| !far(&id));
        Some(if stays { vec![candidate.clone(), there] } else { vec![there] })
    }

    /// What the configuration of the proxy says of these models; all it says when it names none of them.
    fn configured(
        &self,
        candidate: &Candidate,
        app: &App,
        image: Option<&Setting>,
        models: &[String],
    ) -> Vec<Candidate> {
        let own: Vec<&Entry<'_>> =
            self.entries.iter().filter(|e| e.app.id == app.id && !e.at.sample).collect();
        // Clients write the name of their wire format or of the proxy in front.
        let tails = models.iter().filter_map(|id| id.split_once('/')).map(|(_, tail)| tail);
        let mut wanted: Vec<&str> = models.iter().map(String::as_str).chain(tails).collect();
        let names = |wanted: &[&str], e: &Entry<'_>| {
            e.name.as_deref().is_some_and(|name| wanted.iter().any(|w| glob::matches(name, w)))
        };
        if own.iter().any(|e| names(&wanted, e)) {
            wanted.extend(self.fallbacks(app, &own, &wanted));
        } else {
            wanted.clear();
        }
        let mut found = Vec::new();
        for entry in own.iter().filter(|e| if wanted.is_empty() { e.active } else { names(&wanted, e) }) {
            for there in &entry.candidates {
                let mut there = there.clone();
                let mut steps: Vec<Step> = there.evidence.clone();
                steps.extend(image.map(|s| Step {
                    span: s.span,
                    message: format!("`{}` runs {}", candidate.host, app.name),
                    kind: StepKind::Endpoint,
                    depth: 0,
                }));
                steps.extend(candidate.evidence.iter().cloned());
                there.evidence = steps;
                there.because = format!("{} behind `{}` sends it there", app.name, candidate.host);
                let same = |c: &Candidate| (&c.url, c.verdict) == (&there.url, there.verdict);
                if !found.iter().any(same) {
                    found.push(there);
                }
            }
        }
        found
    }

    /// Names that are tried when a wanted one fails.
    fn fallbacks(&self, app: &App, own: &[&Entry<'_>], wanted: &[&str]) -> Vec<&'a str> {
        let patterns: Vec<Pattern> = app.fallbacks.iter().map(|path| Pattern::new(path)).collect();
        let files: BTreeSet<_> = own.iter().map(|e| e.at.span.file).collect();
        let mut found = Vec::new();
        for setting in files.into_iter().flat_map(|id| self.settings.file(id)) {
            let of_wanted = setting.path.iter().any(|key| wanted.contains(&key.as_str()));
            let of_all = !setting.path.iter().any(|key| own.iter().any(|e| e.name.as_ref() == Some(key)));
            if (of_wanted || of_all) && patterns.iter().any(|p| p.fits(&setting.path).is_some()) {
                found.push(setting.value.as_str());
            }
        }
        found
    }

    /// A proxy whose configuration is not in the tree.
    fn unknown(&self, candidate: &Candidate, app: &App, proxy: &Proxy) -> Candidate {
        let mut open = candidate.clone();
        open.verdict = Verdict::Unresolved;
        open.residency = vec!["unknown".into()];
        open.control = vec!["unknown".into()];
        open.provider = proxy.provider.clone();
        open.provider_name = Some(app.name.clone());
        open.because =
            format!("{} forwards what it gets, and its configuration is not in the tree", app.name);
        open
    }
}

fn first_label(host: &str) -> &str {
    host.split('.').next().unwrap_or(host)
}

fn port_of(url: &str) -> Option<u16> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next()?;
    authority.rsplit_once(':')?.1.parse().ok()
}
