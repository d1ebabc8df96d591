//! The registry: what it must answer, and what every entry must have.

use std::collections::BTreeSet;

use camino::Utf8Path;
use transborder::rules::data::{Owner, Tier};
use transborder::rules::provider::{ProviderKind, RESIDENCY_WORDS};
use transborder::rules::{Rules, RulesError, check};

fn rules() -> Rules {
    Rules::bundled().unwrap_or_else(|errors| panic!("{}", show(&errors)))
}

fn show(errors: &[RulesError]) -> String {
    errors.iter().map(|error| format!("{error} at {:?}\n", error.span)).collect()
}

fn residency(rules: &Rules, url: &str) -> String {
    rules.resolve_url(url).map_or("unknown".to_owned(), |found| found.residency.join(" "))
}

fn control(rules: &Rules, url: &str) -> String {
    let operator = &rules.resolve_url(url).expect("a claimed host").provider.operator;
    let parent = operator.parent_country.as_deref().unwrap_or(&operator.country);
    if parent == operator.country { parent.to_owned() } else { format!("{} {parent}", operator.country) }
}

#[test]
fn places_of_well_known_endpoints() {
    let rules = rules();
    for (url, place, by) in [
        ("https://dashscope-intl.aliyuncs.com/compatible-mode/v1", "SG global", "SG CN"),
        ("https://dashscope.aliyuncs.com/compatible-mode/v1", "CN", "CN"),
        ("https://api.deepseek.com/anthropic", "CN", "CN"),
        ("https://api.moonshot.ai/v1", "SG", "SG CN"),
        ("https://api.moonshot.cn/v1", "CN", "CN"),
        ("https://bedrock-runtime.eu-central-1.amazonaws.com", "DE", "US"),
        ("https://us-central1-aiplatform.googleapis.com/v1", "US", "US"),
        ("https://api.together.xyz/v1", "global", "US"),
        ("https://ark.cn-beijing.volces.com/api/v3", "CN", "CN"),
        ("https://openrouter.ai/api/v1", "upstream", "US"),
        ("https://{name}.openai.azure.com/", "customer", "US"),
        ("https://{region}-aiplatform.googleapis.com/v1", "unknown", "US"),
        ("HTTPS://API.DEEPSEEK.COM.", "CN", "CN"),
        ("api.deepseek.com", "CN", "CN"),
        ("https://api.openai.com:443/v1", "US global", "US"),
    ] {
        assert_eq!(residency(&rules, url), place, "{url}");
        assert_eq!(control(&rules, url), by, "{url}");
    }
    assert_eq!(residency(&rules, "http://localhost:11434/v1"), "local");
    assert_eq!(residency(&rules, "http://ollama:11434"), "local");
    assert!(!rules.router("openrouter").unwrap().upstreams.is_empty());
    assert!(!rules.provider("openrouter").unwrap().upstreams.is_empty());
}

#[test]
fn look_alike_hosts_are_nobody() {
    let rules = rules();
    for url in [
        "https://api.deepseek.com.evil.example",
        "https://api.deepseek.com@evil.example/v1",
        "https://evil.example/?u=https://api.deepseek.com",
        "https://evil.example/api.deepseek.com",
        "https://evil.example#@api.deepseek.com",
        "https://fakevolces.com",
        "https://notapi.deepseek.com",
        "https://xapi.openai.com.cn",
        "https://{host}/v1",
        "https://api.{domain}",
        "file:///api.deepseek.com",
        "mailto:a@api.deepseek.com",
        "not a url at all",
        "",
    ] {
        assert_eq!(residency(&rules, url), "unknown", "{url}");
    }
}

#[test]
fn the_longest_pattern_wins() {
    let rules = rules();
    let provider =
        |url: &str| rules.resolve_url(url).map(|found| found.provider.id.clone()).unwrap_or_default();
    assert_eq!(provider("https://ark.ap-southeast.bytepluses.com/api/v3"), "byteplus");
    assert_eq!(residency(&rules, "https://w.cn-beijing.maas.aliyuncs.com"), "CN");
    assert_eq!(residency(&rules, "https://w.eu-central-1.maas.aliyuncs.com"), "DE global");
    assert_eq!(residency(&rules, "https://us-api.together.ai/v1"), "US");
}

#[test]
fn what_stays_here() {
    let rules = rules();
    for host in [
        "localhost",
        "127.0.0.1",
        "10.0.0.7",
        "[::1]",
        "host.docker.internal",
        "llm.local",
        "vllm",
        "x.ns.svc",
        "x.ns.svc.cluster.local",
        "10.0.0.1.nip.io",
    ] {
        assert!(rules.is_local(host), "{host}");
    }
    for host in [
        "api.openai.com",
        "8.8.8.8",
        "8.8.8.8.nip.io",
        "{host}",
        "",
        "api.deepseek.com.evil.example",
        "local.com",
    ] {
        assert!(!rules.is_local(host), "{host}");
    }
}

#[test]
fn origins_regions_groups_laws() {
    let rules = rules();
    let origin = |id: &str| rules.origin(id).map(|o| (o.country.clone(), o.open_weights.clone()));
    assert_eq!(origin("deepseek-ai/DeepSeek-V3"), Some(("CN".into(), "true".into())));
    assert_eq!(origin("gpt-4o").map(|o| o.0), Some("US".into()));
    assert_eq!(origin("claude-sonnet-4-5").map(|o| o.0), Some("US".into()));
    assert_eq!(origin("qwen3-max").map(|o| o.0), Some("CN".into()));
    assert_eq!(origin("mistral-large-latest").map(|o| o.0), Some("FR".into()));
    assert!(!rules.origin("deepseek-ai/DeepSeek-V3").unwrap().served_by.is_empty());
    assert_eq!(rules.residency_of_region("aws", "eu-central-1"), Some(vec!["DE".into()]));
    assert_eq!(rules.residency_of_region("azure", "Germany West Central"), Some(vec!["DE".into()]));
    assert_eq!(rules.residency_of_region("gcp", "us-central1-a"), Some(vec!["US".into()]));
    assert_eq!(rules.residency_of_region("aws", "moon-1"), None);
    let codes = |list: &[&str]| list.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    assert!(rules.expand(&codes(&["EU", "us"])).unwrap().contains("DE"));
    assert_eq!(rules.expand(&codes(&["UK"])).unwrap(), BTreeSet::from(["GB".to_owned()]));
    assert_eq!(rules.expand(&codes(&["US", "XX"])), Err("XX".to_owned()));
    assert!(rules.laws_for("CN").len() >= 3 && rules.laws_for("DE").iter().any(|law| law.country == "EU"));
    assert_eq!(rules.jurisdictions.bulk_rule.as_ref().unwrap().thresholds.len(), 7);
}

/// Names that classify by themselves.
const SENSITIVE: &str = "email user_email emailAddress customer_email_address firstName last_name surname dateOfBirth dob \
    birth_date phone phoneNumber mobile_number homeAddress streetAddress billing_address zip_code postal_code ssn \
    social_security_number passport_number driversLicense national_id tax_id aadhaar creditCardNumber card_number cvv \
    iban routing_number account_number salary annual_income credit_score medical_history diagnosis prescription \
    medications allergies blood_type lab_results mrn patient_name patientName insurance_policy ethnicity religion \
    sexual_orientation political_affiliation password api_key secretKey access_token private_key connection_string \
    latitude_longitude gps_coordinates device_id mac_address ip_address_of_user resume cover_letter \
    employee_id performance_review support_ticket customer_feedback meeting_transcript source_code git_diff \
    contract_text marital_status nationality gender maiden_name emergency_contact license_plate fingerprint_template \
    face_embedding voice_print dna_sequence";

/// Names that look like it and are something else.
const HARMLESS: &str = "email_template email_subject email_count email_verified is_email send_email validate_email \
    email_regex support_email phone_code phone_model mobile_app name file_name host_name class_name display_name_key \
    address ip_addresses memory_address server_address contract_address base_address max_age cache_age page image \
    race_condition trace faith_based max_tokens token_count next_token page_token prompt_tokens total_tokens tokenizer \
    primary_key public_key sort_key cache_key keyboard foreign_key password_field password_policy forgot_password \
    password_reset passport_strategy message messages content text query prompt user_message input_text note \
    comment description summary title label user users customer patient status type count index url path health_check \
    service_health web_vitals font_weight model_weights line_height load_balance git_commit test_case use_case \
    resume_training resume_token source_url smart_contract retina protein destination session request response \
    user_role user_locale is_authenticated created_at updated_at has_passport typeface interface surface iris_dataset \
    patience grammatical_gender country_code status_code error_code dashboard chess_board wikipedia log_level \
    type_full_name fullname_of repo union_type card_title business_card gift_card scorecard";

#[test]
fn typical_field_names_classify() {
    let rules = rules();
    let missed: Vec<&str> = SENSITIVE
        .split_whitespace()
        .filter(|name| rules.data.classify(name, Owner::default()).is_none())
        .collect();
    // The head noun has to come last.
    assert_eq!(missed, ["ip_address_of_user"]);
}

#[test]
fn look_alike_names_do_not() {
    let rules = rules();
    let wrong: Vec<String> = HARMLESS
        .split_whitespace()
        .filter_map(|name| Some((name, rules.data.classify(name, Owner::default())?)))
        .map(|(name, found)| format!("{name} → {}", found.class.id))
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn owners_decide() {
    let rules = rules();
    let class = |name: &str, receiver: &[&str]| {
        rules.data.classify(name, Owner { receiver }).map(|found| found.class.id.as_str())
    };
    assert_eq!(class("name", &["patient"]), Some("pii.name.full"));
    assert_eq!(class("name", &["self", "Customer"]), Some("pii.name.full"));
    assert_eq!(class("notes", &["patient"]), Some("phi.clinical_note"));
    assert_eq!(class("address", &["users_df"]), Some("pii.contact.address"));
    assert_eq!(class("value", &["HealthMetric"]), Some("phi.record"));
    assert_eq!(class("age", &["row", "patients"]), Some("pii.demographic.age"));
    assert_eq!(class("full_name", &["user"]), Some("pii.name.full"));
    assert_eq!(class("dx", &["patient"]), Some("phi.diagnosis"));
    for (name, receiver) in [
        ("name", "file"),
        ("name", "tool"),
        ("name", "model"),
        ("name", "product"),
        ("name", "logger"),
        ("address", "server"),
        ("message", "error"),
        ("content", "response"),
        ("messages", "client"),
        ("name", "company"),
        ("full_name", "repo"),
        ("id", "pod"),
        ("state", "machine"),
    ] {
        assert_eq!(class(name, &[receiver]), None, "{receiver}.{name}");
    }
}

#[test]
fn a_patient_raises_the_tier_and_treatment_is_seen() {
    let rules = rules();
    let find = |name: &str, receiver: &[&str]| rules.data.classify(name, Owner { receiver }).unwrap();
    assert_eq!(find("email", &["patient"]).tier, Tier::Restricted);
    assert_eq!(find("email", &["patient"]).owner_group, Some("patient"));
    assert_eq!(find("email", &["user"]).tier, Tier::Confidential);
    assert!(find("email", &["user"]).confidence > find("email", &[]).confidence);
    assert!(find("ssn_hash", &[]).treated && find("masked_card_number", &[]).treated);
    assert!(!find("unmasked_card_number", &[]).treated && !find("ssn", &[]).treated);
    assert_eq!(rules.data.whole_object("patient").unwrap().class.id, "phi.record");
    assert_eq!(rules.data.whole_object("user_data").unwrap().class.id, "pii.record");
    assert!(
        rules.data.whole_object("user_prompt").is_none() && rules.data.whole_object("http_client").is_none()
    );
}

#[test]
fn literal_values() {
    let rules = rules();
    let class = |text: &str| rules.data.value_pattern(text).map(|found| found.pattern.class.as_str());
    assert_eq!(class("SSN 212-09-9999"), Some("gov_id.ssn"));
    assert_eq!(class("pay with 4539 1488 0343 6467"), Some("pci.pan"));
    assert_eq!(class("jane.doe@clinic.org"), Some("pii.contact.email"));
    for harmless in
        ["078-05-1120", "4111111111111111", "a@example.com", "hello world", "sk-your-api-key-here-xxxx"]
    {
        assert_eq!(class(harmless), None, "{harmless}");
    }
}

#[test]
fn test_paths() {
    let rules = rules();
    for path in ["tests/test_a.py", "src/a.test.ts", "docs/x.md", "pkg/examples/a.py", "a/conftest.py"] {
        assert!(rules.data.is_test_path(path), "{path}");
    }
    assert!(!rules.data.is_test_path("src/attest.py") && !rules.data.is_test_path("app/contest/views.py"));
}

#[test]
fn every_entry_is_complete() {
    let rules = rules();
    let countries = &rules.jurisdictions.countries;
    assert!(countries.len() >= 249 && countries.keys().all(|code| code.len() == 2));
    assert!(rules.providers.all.len() >= 400, "{}", rules.providers.all.len());
    assert!(rules.providers.all.iter().map(|provider| provider.endpoints.len()).sum::<usize>() >= 1000);
    for provider in &rules.providers.all {
        let id = &provider.id;
        assert!(id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{id}");
        assert!(!provider.endpoints.is_empty() || provider.no_endpoint.is_some(), "{id}");
        assert!(provider.data_policy.sources.iter().all(|source| url::Url::parse(source).is_ok()), "{id}");
        assert_eq!(&rules.provider(id).unwrap().id, id);
        for endpoint in &provider.endpoints {
            assert_eq!(endpoint.verified.is_some(), endpoint.source.is_some(), "{id}: {}", endpoint.host);
            for place in &endpoint.residency {
                let known = RESIDENCY_WORDS.contains(&place.as_str()) || rules.jurisdictions.knows(place);
                assert!(known, "{id}: {place}");
            }
        }
        assert_eq!(provider.operator.verified.is_some(), provider.operator.source.is_some(), "{id}");
    }
    for class in &rules.data.classes {
        assert_eq!(rules.data.class(&class.id).unwrap().id, class.id);
        assert!(!class.title.is_empty(), "{}", class.id);
    }
    for package in &rules.clients.packages {
        assert_eq!(package.version.is_some(), package.verified.is_some(), "{}", package.id());
        assert!(!package.import.is_empty(), "{}", package.id());
    }
}

/// A URL made from a host pattern leads back to the provider that claims it.
#[test]
fn every_host_is_reachable() {
    let rules = rules();
    for provider in rules.providers.all.iter().filter(|provider| provider.kind != ProviderKind::SelfHost) {
        for endpoint in provider.endpoints.iter().filter(|endpoint| endpoint.port.is_none()) {
            let host = endpoint.host.replace("{region}", "eu-west-1");
            let host = host.replace("*.", "abc.").replace(['*'], "abc");
            let host =
                host.split(['{', '}']).enumerate().map(|(i, part)| if i % 2 == 1 { "abc" } else { part });
            let url = format!(
                "https://{}{}",
                host.collect::<String>(),
                endpoint.path.as_deref().unwrap_or_default()
            );
            let found = rules.resolve_url(&url);
            let id = found.as_ref().map(|found| found.provider.id.as_str());
            assert_eq!(id, Some(provider.id.as_str()), "{url}");
        }
    }
}

#[test]
fn every_default_url_belongs_to_somebody() {
    let rules = rules();
    let mut stray = Vec::new();
    for package in &rules.clients.packages {
        let calls = package.calls.iter().map(|call| &call.endpoint);
        for endpoint in package.clients.iter().map(|client| &client.endpoint).chain(calls) {
            let Some(url) = endpoint.default.as_deref() else { continue };
            let host = url.split("://").nth(1).unwrap_or(url).split(['/', ':']).next().unwrap_or(url);
            if rules.resolve_url(url).is_none() && !rules.is_local(host) {
                stray.push(format!("{}: {url}", package.id()));
            }
        }
    }
    assert_eq!(stray, Vec::<String>::new());
}

#[test]
fn broken_rules_are_reported_all_at_once_with_their_place() {
    for (dir, expected) in [
        ("unknown-key", vec![("unknown field `contry`", "contry")]),
        ("duplicate-id", vec![("the id `acme` is taken", "\"acme\"")]),
        ("unknown-country", vec![("`XX` is neither", "\"XX\""), ("`ZZ` is neither", "\"ZZ\"")]),
        ("bad-glob", vec![("unclosed character class", "\"**/[tests\"")]),
        ("bad-date", vec![("", "2026-02-31")]),
        ("bad-host", vec![("is not a host", "\"https://api.acme.test\"")]),
        ("claimed-host", vec![("claimed by", "\"api.deepseek.com\"")]),
        ("unknown-provider", vec![("unknown provider `nobody`", "\"nobody\"")]),
        ("unknown-class", vec![("unknown data class `pii.nothing`", "\"pii.nothing\"")]),
        ("wrong-place", vec![("not a place for rules", "")]),
        ("bad-regex", vec![("unclosed group", "")]),
    ] {
        let errors = check(Utf8Path::new("testdata/rules/broken").join(dir).as_path());
        assert_eq!(errors.len(), expected.len(), "{dir}: {}", show(&errors));
        for (error, (message, at)) in errors.iter().zip(expected) {
            assert!(error.message.contains(message), "{dir}: {error}");
            let text = error.source_text.as_deref().unwrap();
            let marked = error.span.clone().map(|span| &text[span]).unwrap_or_default();
            assert!(marked.contains(at), "{dir}: {marked:?} is not about {at}");
        }
    }
}

#[test]
fn one_mistake_does_not_hide_the_next() {
    let errors = check(Utf8Path::new("testdata/rules/broken/many-at-once"));
    let places: Vec<String> = errors
        .iter()
        .map(|error| {
            let text = error.source_text.as_deref().unwrap();
            let start = error.span.as_ref().map_or(0, |span| span.start);
            let file = error.path.rsplit('/').next().unwrap();
            format!("{file}:{}", text[..start].matches('\n').count() + 1)
        })
        .collect();
    assert_eq!(
        places,
        ["acme.toml:4", "acme.toml:12", "acme.toml:16", "acme.toml:21", "half.toml:1", "torn.toml:2"],
        "{}",
        show(&errors)
    );
}

/// What bundled files say of each other is checked here and not at every start.
#[test]
fn the_bundle_has_no_mistakes() {
    assert_eq!(show(&check(Utf8Path::new("rules"))), "");
}

#[test]
fn later_rules_replace_and_remove() {
    let dir = Utf8Path::new("testdata/rules/override").to_owned();
    assert_eq!(check(&dir), []);
    let rules = Rules::load(&[dir]).unwrap_or_else(|errors| panic!("{}", show(&errors)));
    assert_eq!(residency(&rules, "https://llm.corp.example/v1"), "DE");
    assert_eq!(residency(&rules, "https://api.deepseek.com"), "unknown");
    assert_eq!(rules.origin("gpt-4o").unwrap().lab, "House");
    assert_eq!(rules.data.class("pii.vehicle").map(|class| class.id.as_str()), None);
}

#[test]
fn loading_twice_gives_the_same() {
    assert_eq!(format!("{:?}", rules().providers.all), format!("{:?}", rules().providers.all));
}

/// `rules/README.md` holds the figures of this registry; set `UPDATE_README=1` to rewrite it.
#[test]
fn the_readme_counts_are_current() {
    let path = "rules/README.md";
    let text = std::fs::read_to_string(path).unwrap();
    let (head, rest) = text.split_once("<!-- counts -->\n").unwrap();
    let (_, tail) = rest.split_once("<!-- end of counts -->").unwrap();
    let current = format!("{head}<!-- counts -->\n{}<!-- end of counts -->{tail}", counts(&rules()));
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(path, &current).unwrap();
    } else {
        assert!(text == current, "run `UPDATE_README=1 cargo test --test rules` and commit {path}");
    }
}

fn counts(rules: &Rules) -> String {
    let mut out = String::new();
    let providers = &rules.providers.all;
    let endpoints = || providers.iter().flat_map(|provider| &provider.endpoints);
    let checked = endpoints().filter(|endpoint| endpoint.verified.is_some()).count();
    let operators = providers.iter().filter(|provider| provider.operator.verified.is_some()).count();
    let calls = |p: &transborder::rules::client::Package| {
        p.calls.len() + p.clients.iter().map(|c| c.calls().count()).sum::<usize>()
    };
    table(
        &mut out,
        "What",
        [
            ("providers", providers.len()),
            ("host patterns", endpoints().count()),
            ("host patterns checked against a vendor's page", checked),
            ("host patterns with conflicting sources", endpoints().filter(|e| e.conflict.is_some()).count()),
            ("operators checked", operators),
            ("routers with their controls", rules.routers.len()),
            ("model origins", rules.providers.origins.len()),
            ("cloud regions", rules.providers.regions.values().map(|table| table.len()).sum()),
            ("countries", rules.jurisdictions.countries.len()),
            ("groups", rules.jurisdictions.groups.len()),
            ("laws", rules.jurisdictions.laws.len()),
            ("laws checked", rules.jurisdictions.laws.iter().filter(|law| law.verified.is_some()).count()),
            (
                "client packages, Python",
                rules.clients.packages.iter().filter(|p| p.language == "python").count(),
            ),
            (
                "client packages, TypeScript",
                rules.clients.packages.iter().filter(|p| p.language == "typescript").count(),
            ),
            (
                "client packages read in their source",
                rules.clients.packages.iter().filter(|p| p.verified.is_some()).count(),
            ),
            ("calls", rules.clients.packages.iter().map(calls).sum()),
            ("data classes", rules.data.classes.len()),
            ("source shapes", rules.data.sources.len()),
            ("sanitizers", rules.data.sanitizers.len()),
        ]
        .map(|(what, n)| (what.to_owned(), n)),
    );
    let mut kinds = std::collections::BTreeMap::new();
    let mut lands = std::collections::BTreeMap::new();
    let mut basis = std::collections::BTreeMap::new();
    for provider in providers {
        *kinds.entry(format!("{:?}", provider.kind)).or_insert(0) += 1;
        *lands.entry(provider.operator.country.clone()).or_insert(0) += 1;
    }
    for endpoint in endpoints() {
        *basis.entry(endpoint.basis.clone().unwrap_or_default()).or_insert(0) += 1;
    }
    table(&mut out, "Providers by kind", kinds);
    table(&mut out, "Host patterns by where they were seen", basis);
    let mut lands: Vec<(String, usize)> = lands.into_iter().collect();
    lands.sort_by_key(|(code, n)| (std::cmp::Reverse(*n), code.clone()));
    table(&mut out, "Providers by country of the operator", lands);
    out
}

fn table(out: &mut String, title: &str, rows: impl IntoIterator<Item = (String, usize)>) {
    out.push_str(&format!("| {title} | |\n|---|---:|\n"));
    for (what, n) in rows {
        out.push_str(&format!("| {what} | {n} |\n"));
    }
    out.push('\n');
}
