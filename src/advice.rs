//! What to do about a finding, computed from the registry: who at home serves the same weights, what to pin.

use crate::finding::{Advice, Verdict};
use crate::judge::Case;
use crate::rules::Rules;
use crate::rules::provider::ProviderKind;
use std::collections::BTreeSet;

/// Hosts named at most.
const MAX_HOSTS: usize = 4;

/// The advice for one case, most useful first.
pub fn advise(rules: &Rules, home: &BTreeSet<String>, case: &Case<'_>) -> Vec<Advice> {
    let mut advice = Vec::new();
    let mut say = |text: String| advice.push(Advice { text, span: None });
    for model in &case.site.models {
        let Some(origin) = rules.origin(&model.id) else { continue };
        let hosts: Vec<&str> = origin
            .served_by
            .iter()
            .filter_map(|id| rules.provider(id))
            .filter(|p| p.kind != ProviderKind::Router && home.contains(&p.operator.country))
            .filter(|p| p.operator.parent_country.as_ref().is_none_or(|c| home.contains(c)))
            .map(|p| p.name.as_str())
            .take(MAX_HOSTS)
            .collect();
        if !hosts.is_empty() && origin.open_weights == "false" {
            say(format!(
                "Ask for the same model (`{}`) where it is served at home: {}.",
                model.id,
                hosts.join(", ")
            ));
        } else if !hosts.is_empty() {
            say(format!("Serve the same open weights (`{}`) from home: {}.", model.id, hosts.join(", ")));
        }
        if origin.open_weights == "true" {
            say(format!("Run `{}` on your own machines: the weights are open.", model.id));
        }
    }
    for candidate in &case.destination.candidates {
        let provider = candidate.provider.as_deref();
        if let Some(router) = provider.and_then(|id| rules.router(id)) {
            use crate::rules::router::ControlEffect;
            let pins = router.controls.iter().find(|c| c.effect == ControlEffect::Only);
            if let Some(control) = pins {
                say(format!("Pin the providers behind {} with `{}`.", router.id, control.name));
            }
        }
    }
    match (case.destination.verdict, &case.flow) {
        (Verdict::Unresolved, _) => {
            let what = case.destination.unresolved.as_deref().unwrap_or("the base URL");
            say(format!(
                "Fix `{what}` in the code or in a checked-in setting, or declare the endpoint in the policy."
            ));
        }
        (_, Some(flow)) => {
            let names: Vec<&str> = flow.data.iter().map(|d| d.evidence.as_str()).take(3).collect();
            say(format!("Take {} out before the text is put together.", names.join(", ")));
        }
        (_, None) => {}
    }
    advice
}
