//! What is read from configuration files, format by format.

#![allow(clippy::unwrap_used)]

use transborder::config::{self, Scalar, Setting, Settings};
use transborder::text::{Files, Notice, NoticeKind, SourceFile};

struct Tree {
    files: Files,
    settings: Settings,
    notices: Vec<Notice>,
}

fn tree(entries: &[(&str, &str)]) -> Tree {
    let list = entries
        .iter()
        .map(|(path, text)| SourceFile { path: (*path).into(), text: (*text).into() })
        .collect();
    let files = Files::new(list);
    let (settings, notices) = config::read(&files);
    // Whatever a file holds: ranges stay inside it, on character boundaries.
    for setting in settings.iter() {
        for span in [setting.span, setting.key_span] {
            let text = &files.get(span.file).text;
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{setting:?}");
        }
    }
    Tree { files, settings, notices }
}

fn clean(entries: &[(&str, &str)]) -> Tree {
    let tree = tree(entries);
    assert_eq!(tree.notices, []);
    tree
}

impl Tree {
    /// The values of a variable, in order of preference.
    fn env(&self, name: &str) -> Vec<&str> {
        self.settings.env(name).map(|s| s.value.as_str()).collect()
    }

    fn at(&self, file: &str, path: &str) -> Option<&Setting> {
        let path: Vec<&str> = path.split('.').collect();
        self.settings.get(self.files.find(file).unwrap(), &path)
    }

    fn value(&self, file: &str, path: &str) -> &str {
        let setting = self
            .at(file, path)
            .unwrap_or_else(|| panic!("{path} in {:?}", self.settings.file(self.files.find(file).unwrap())));
        // What a span covers is the value as written.
        if !setting.secret && !setting.value.contains(['\n', '\\']) && setting.scalar != Scalar::Null {
            assert_eq!(self.files.slice(setting.span), setting.value, "span of {path}");
        }
        &setting.value
    }

    fn expanded(&self, name: &str) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for setting in self.settings.env(name) {
            for one in self.settings.expand(setting) {
                let missing = if one.missing.is_empty() {
                    String::new()
                } else {
                    format!(" ?{}", one.missing.join(","))
                };
                all.push(format!("{}{missing}", one.value));
            }
        }
        all.dedup();
        all
    }
}

#[test]
fn env_files() {
    let text = "# comment\nLLM_URL=https://a.example/v1\nexport B = \"two words\" # note\nC='$raw'\nD=x#y\nE=\nF: colon\nG=\"line\nnext\"\nH=`tick`\n#OFF=1\nI= # nothing\n";
    let tree = clean(&[(".env", text)]);
    assert_eq!(tree.env("LLM_URL"), ["https://a.example/v1"]);
    assert_eq!(tree.env("B"), ["two words"]);
    assert_eq!(tree.env("C"), ["$raw"]);
    assert!(tree.settings.env("C").next().unwrap().literal);
    assert_eq!(tree.env("D"), ["x#y"]);
    assert_eq!(tree.env("E"), [""]);
    assert_eq!(tree.env("F"), ["colon"]);
    assert_eq!(tree.env("G"), ["line\nnext"]);
    assert_eq!(tree.env("H"), ["tick"]);
    assert_eq!(tree.env("I"), [""]);
    assert!(tree.env("OFF").is_empty());
    let url = tree.settings.env("LLM_URL").next().unwrap();
    assert_eq!(tree.files.slice(url.key_span), "LLM_URL");
    assert_eq!(tree.files.region(url.span).start_line, 2);
    assert_eq!(tree.value(".env", "LLM_URL"), "https://a.example/v1");
}

#[test]
fn real_values_come_before_profiles_and_examples() {
    let tree = clean(&[
        (".env.example", "A=example\n# B=documented\n# C = some prose about it = this\n"),
        (".env.production", "A=production"),
        (".env", "A=old\nA=real"),
        ("svc/.env", "A=other"),
    ]);
    assert_eq!(tree.env("A"), ["real", "other", "production", "example"]);
    let all: Vec<_> =
        tree.settings.env("A").map(|s| (s.profile.as_deref(), s.sample, s.distance())).collect();
    assert_eq!(all, [(None, false, 0), (None, false, 0), (Some("production"), false, 1), (None, true, 2)]);
    assert_eq!(tree.env("B"), ["documented"]);
    assert!(tree.settings.env("B").next().unwrap().commented);
    assert!(tree.env("C").is_empty());
    let near: Vec<_> = tree.settings.env_near("A", "svc/app.py").iter().map(|s| s.value.clone()).collect();
    assert_eq!(near, ["other", "real", "production", "example"]);
}

#[test]
fn line_ends_and_open_quotes() {
    let tree = tree(&[(".env", "A=1\r\nB=\"open\r\nC=3\r\nD='x'\r\n")]);
    assert_eq!(tree.env("A"), ["1"]);
    assert_eq!(tree.env("B"), ["open"]);
    assert_eq!(tree.env("C"), ["3"]);
    assert_eq!(tree.env("D"), ["x"]);
    assert_eq!(tree.notices.len(), 1);
    assert_eq!((tree.notices[0].line, tree.notices[0].kind), (Some(2), NoticeKind::Partial));
}

#[test]
fn five_thousand_lines() {
    let text: String = (0..5_000).map(|n| format!("KEY_{n}=value{n}\n")).collect();
    let tree = clean(&[(".env", &text)]);
    assert_eq!(tree.env("KEY_4999"), ["value4999"]);
    assert_eq!(tree.settings.iter().count(), 5_000);
}

#[test]
fn shell_scripts() {
    let text = "#!/bin/sh\nexport A=https://a.example B='b c'\nLOCAL=1\nC=\"$A/v1\" python app.py # don't\necho \"D=4\" >> \"$GITHUB_ENV\"\ndocker run -e E=5 --env F=6 --env=G=7 image\nif [ \"$X\" = y ]; then export H=8; fi\nsetenv I 9\nexport J\\\n=1\ncurl -d name=x https://h.example\n";
    let tree = clean(&[("run.sh", text)]);
    assert_eq!(tree.env("A"), ["https://a.example"]);
    assert_eq!(tree.env("B"), ["b c"]);
    assert_eq!(tree.env("C"), ["$A/v1"]);
    assert_eq!(tree.env("D"), ["4"]);
    for (name, value) in [("E", "5"), ("F", "6"), ("G", "7"), ("H", "8"), ("I", "9")] {
        assert_eq!(tree.env(name), [value]);
    }
    assert!(tree.env("LOCAL").is_empty());
    assert_eq!(tree.value("run.sh", "LOCAL"), "1");
    assert!(tree.env("name").is_empty());
    assert_eq!(tree.expanded("C"), ["https://a.example/v1"]);
}

#[test]
fn makefiles_and_envrc() {
    let tree = clean(&[
        ("Makefile", "URL ?= https://m.example/v1\nexport MODEL := m-1\nrun:\n\tTOKEN_X=1 python a.py\n"),
        (".envrc", "export DIRENV=1\nsource_up\n"),
    ]);
    assert_eq!(tree.value("Makefile", "URL"), "https://m.example/v1");
    assert!(tree.env("URL").is_empty());
    assert_eq!(tree.env("MODEL"), ["m-1"]);
    assert_eq!(tree.env("TOKEN_X"), ["1"]);
    assert_eq!(tree.env("DIRENV"), ["1"]);
}

#[test]
fn image_builds() {
    let text = "FROM x\nARG HOST=https://h.example\nENV URL=$HOST/v1 \\\n    # why\n    MODEL=\"m 1\"\nENV OLD one two\nLABEL a=b\nRUN export INNER=1 && make\n";
    let tree =
        clean(&[("Dockerfile", text), ("app.dockerfile", "ENV SECOND=2\n"), ("Dockerfile.md", "ENV N=1")]);
    assert_eq!(tree.env("URL"), ["$HOST/v1"]);
    assert_eq!(tree.expanded("URL"), ["https://h.example/v1"]);
    assert_eq!(tree.env("MODEL"), ["m 1"]);
    assert_eq!(tree.env("OLD"), ["one two"]);
    assert_eq!(tree.env("SECOND"), ["2"]);
    assert_eq!(tree.env("INNER"), ["1"]);
    assert!(tree.env("HOST").is_empty() && tree.env("a").is_empty());
}

#[test]
fn ini_properties_units_and_process_files() {
    let tree = clean(&[
        ("app.ini", "[llm]\nbase_url = https://i.example/v1 ; note\nmodel: \"m\"\n# off = 1\n"),
        ("application-dev.properties", "llm.base-url=https\\://p.example\nllm.model m-2\n! off=1\n"),
        ("app.service", "[Service]\nEnvironment=\"A=1 2\" B=https://u.example\nExecStart=/bin/x --url=y\n"),
        ("Procfile", "web: URL=https://w.example gunicorn app\nworker: python w.py\n"),
        ("nginx.conf", "location /llm {\n  proxy_pass https://n.example/v1;\n}\n"),
    ]);
    assert_eq!(tree.value("app.ini", "llm.base_url"), "https://i.example/v1");
    assert_eq!(tree.value("app.ini", "llm.model"), "m");
    assert!(tree.at("app.ini", "llm.off").is_none());
    let base = tree.at("application-dev.properties", "llm.base-url").unwrap();
    assert_eq!(
        (base.value.as_str(), base.profile.as_deref(), base.env),
        ("https://p.example", Some("dev"), false)
    );
    assert_eq!(tree.value("application-dev.properties", "llm.model"), "m-2");
    assert_eq!(tree.env("A"), ["1 2"]);
    assert_eq!(tree.env("B"), ["https://u.example"]);
    assert_eq!(tree.env("URL"), ["https://w.example"]);
    assert_eq!(tree.value("nginx.conf", "proxy_pass"), "https://n.example/v1");
}

#[test]
fn compose_files() {
    let text = "x-env: &shared\n  URL: https://c.example/v1\n  MODEL: m-1\nservices:\n  web:\n    image: web\n    environment:\n      <<: *shared\n      MODEL: \"m-2\"\n  job:\n    environment:\n      - LIST=https://l.example?a=b\n      - PASSED\n      - 'QUOTED=q'\n    labels:\n      - not=env\n";
    let tree = clean(&[("docker-compose.yml", text)]);
    assert_eq!(tree.value("docker-compose.yml", "services.web.environment.URL"), "https://c.example/v1");
    assert_eq!(tree.value("docker-compose.yml", "services.web.environment.MODEL"), "m-2");
    assert_eq!(tree.env("LIST"), ["https://l.example?a=b"]);
    assert_eq!(tree.value("docker-compose.yml", "services.job.environment.0"), "https://l.example?a=b");
    assert_eq!(tree.env("QUOTED"), ["q"]);
    let list = tree.settings.env("LIST").next().unwrap();
    assert_eq!(tree.files.slice(list.key_span), "LIST");
    assert!(tree.env("PASSED").is_empty() && tree.env("not").is_empty());
    let web: Vec<_> =
        tree.settings.env("MODEL").filter(|s| s.path[0] == "services").map(|s| s.value.as_str()).collect();
    assert_eq!(web, ["m-2"]);
}

#[test]
fn kubernetes_manifests() {
    let text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: llm\ndata:\n  URL: https://k.example/v1\n  app.yaml: |\n    llm:\n      model: m-1\n  extra.env: |\n    NESTED=https://n.example\n---\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: app\n          env:\n            - name: DIRECT\n              value: https://d.example\n            - name: FROM\n              valueFrom:\n                configMapKeyRef: {name: llm, key: URL}\n            - name: ELSEWHERE\n              valueFrom:\n                secretKeyRef: {name: other, key: URL}\n---\nkind: Secret\nstringData:\n  CODE: plainvalue\n  PLACE: https://s.example\n";
    let tree = clean(&[("k8s/app.yaml", text), ("other.yaml", "kind: Thing\ndata:\n  NOT_ENV: 1\n")]);
    assert_eq!(tree.env("URL"), ["https://k.example/v1"]);
    assert_eq!(tree.env("DIRECT"), ["https://d.example"]);
    assert_eq!(tree.files.slice(tree.settings.env("DIRECT").next().unwrap().key_span), "DIRECT");
    assert_eq!(tree.expanded("FROM"), ["https://k.example/v1"]);
    assert_eq!(tree.expanded("ELSEWHERE"), ["${from:other/URL} ?URL"]);
    assert_eq!(tree.env("NESTED"), ["https://n.example"]);
    let nested = tree
        .settings
        .get(tree.files.find("k8s/app.yaml").unwrap(), &["data", "app.yaml", "llm", "model"])
        .unwrap();
    assert_eq!((nested.value.as_str(), tree.files.region(nested.span).start_line), ("m-1", 9));
    assert_eq!(tree.env("CODE"), ["plai…"]);
    assert_eq!(tree.env("PLACE"), ["https://s.example"]);
    assert!(tree.env("NOT_ENV").is_empty());
}

#[test]
fn charts() {
    let template = "kind: Deployment\nspec:\n  containers:\n    - env:\n        - name: URL\n          value: {{ .Values.llm.url | quote }}\n        - name: MODEL\n          value: \"{{ .Values.llm.model | default \"m-9\" }}\"\n        {{- if .Values.debug }}\n        - name: DEBUG\n          value: 'yes'\n        {{- end }}\n        {{- toYaml .Values.more | nindent 8 }}\n";
    let tree = clean(&[
        ("charts/app/templates/deploy.yaml", template),
        ("charts/app/values.yaml", "llm:\n  url: https://v.example/v1\n"),
        ("charts/app/values-prod.yaml", "llm:\n  url: https://prod.example/v1\n"),
        ("charts/other/values.yaml", "llm:\n  url: https://other.example\n"),
    ]);
    assert_eq!(tree.expanded("URL"), ["https://v.example/v1", "https://prod.example/v1"]);
    assert_eq!(tree.expanded("MODEL"), ["m-9"]);
    assert_eq!(tree.env("DEBUG"), ["yes"]);
}

#[test]
fn workflows() {
    let text = "on: push\nenv:\n  URL: https://g.example/v1\njobs:\n  a:\n    env:\n      MODEL: ${{ vars.MODEL || 'm-1' }}\n    steps:\n      - run: |\n          export INNER=https://i.example\n          echo \"FILE=1\" >> $GITHUB_ENV\n        env:\n          KEY: ${{ secrets.LLM }}\n      - uses: x/y@v1\n        with:\n          base_url: ${{ env.URL }}\n";
    let tree = clean(&[(".github/workflows/ci.yml", text)]);
    assert_eq!(tree.env("URL"), ["https://g.example/v1"]);
    assert_eq!(tree.expanded("MODEL"), ["m-1"]);
    assert_eq!(tree.expanded("KEY"), ["${{ secrets.LLM }} ?LLM"]);
    assert_eq!(tree.env("INNER"), ["https://i.example"]);
    assert_eq!(tree.env("FILE"), ["1"]);
    let with = tree.at(".github/workflows/ci.yml", "jobs.a.steps.1.with.base_url").unwrap();
    assert_eq!(tree.settings.expand(with)[0].value, "https://g.example/v1");
    assert!(!with.env);
}

#[test]
fn other_pipelines_and_platforms() {
    let tree = clean(&[
        (
            ".gitlab-ci.yml",
            "variables:\n  A: \"1\"\njob:\n  variables: {B: '2'}\n  script:\n    - export C=3\n",
        ),
        (
            "serverless.yml",
            "provider:\n  environment:\n    D: ${env:OUTER, \"https://x.example\"}\ncustom:\n  url: https://s.example\nfunctions:\n  f:\n    environment:\n      E: ${self:custom.url}\n",
        ),
        (
            "vercel.json",
            "{\"env\": {\"F\": \"6\"}, \"rewrites\": [{\"destination\": \"https://r.example\"}]}",
        ),
        ("fly.toml", "app = \"x\"\n[env]\nG = \"7\"\n"),
        ("wrangler.toml", "name = \"w\"\n[vars]\nH = \"8\"\n[env.staging.vars]\nH = \"9\"\n"),
        ("wrangler.jsonc", "{ // c\n \"vars\": {\"I\": \"10\",},\n}"),
        (".claude/settings.json", "{\"env\": {\"J\": \"11\"}}"),
        ("render.yaml", "services:\n  - envVars:\n      - key: K\n        value: '12'\n"),
        (
            "package.json",
            "{\"name\": \"x\", \"scripts\": {\"dev\": \"L=13 node a.js\", \"x\": \"cross-env M=14 node b.js\"}}",
        ),
        ("netlify.toml", "[context.production.environment]\nN = \"15\"\n"),
    ]);
    for (name, value) in [
        ("A", "1"),
        ("B", "2"),
        ("C", "3"),
        ("F", "6"),
        ("G", "7"),
        ("I", "10"),
        ("J", "11"),
        ("K", "12"),
        ("L", "13"),
        ("M", "14"),
        ("N", "15"),
    ] {
        assert_eq!(tree.env(name), [value], "{name}");
    }
    assert_eq!(tree.expanded("D"), ["https://x.example"]);
    assert_eq!(tree.expanded("E"), ["https://s.example"]);
    assert_eq!(tree.value("vercel.json", "rewrites.0.destination"), "https://r.example");
    assert_eq!(tree.env("H"), ["8", "9"]);
    assert_eq!(tree.settings.env("H").nth(1).unwrap().profile.as_deref(), Some("staging"));
    assert_eq!(tree.settings.env("N").next().unwrap().profile.as_deref(), Some("production"));
    assert!(tree.at("package.json", "name").is_none());
}

#[test]
fn json_with_comments() {
    let text = "\u{20}{\n  // providers\n  'llm': { base_url: \"https://j.example/v1\", \"n\": 1.5, \"on\": true, \"none\": null, },\n  \"list\": [ {\"id\": \"a\"}, {\"id\": \"b\"}, \"c\", [1, 2] ], /* end */\n  \"é\": \"ü\"\n}";
    let tree = clean(&[("llm.json", text)]);
    assert_eq!(tree.value("llm.json", "llm.base_url"), "https://j.example/v1");
    assert_eq!(tree.at("llm.json", "llm.n").unwrap().scalar, Scalar::Number);
    assert_eq!(tree.at("llm.json", "llm.on").unwrap().scalar, Scalar::Bool);
    assert_eq!(
        (tree.at("llm.json", "llm.none").unwrap().scalar, tree.value("llm.json", "llm.none")),
        (Scalar::Null, "")
    );
    assert_eq!(tree.value("llm.json", "list.0.id"), "a");
    assert_eq!(tree.value("llm.json", "list.1.id"), "b");
    assert_eq!(tree.value("llm.json", "list.2"), "c");
    assert_eq!(tree.value("llm.json", "list.3.1"), "2");
    assert_eq!(tree.value("llm.json", "é"), "ü");
    let id = tree.files.find("llm.json").unwrap();
    let under: Vec<_> = tree.settings.under(id, &["list"]).iter().map(|s| s.value.as_str()).collect();
    assert_eq!(under, ["a", "b", "c", "1", "2"]);
    assert_eq!(tree.settings.file(id).len(), 10);
    assert!(tree.at("llm.json", "llm").is_none() && tree.at("llm.json", "nothing").is_none());
}

#[test]
fn the_last_of_two_equal_keys_counts() {
    let tree = clean(&[("a.json", "{\"k\": 1, \"k\": 2}"), ("b.yaml", "k: 1\nk: 2\n")]);
    assert_eq!(tree.value("a.json", "k"), "2");
    assert_eq!(tree.value("b.yaml", "k"), "2");
}

#[test]
fn yaml_shapes() {
    let text = "# c\nllm:\n  base_url: https://y.example/v1 # note\n  quoted: 'it''s'\n  double: \"a b\"\n  flow: {a: 1, b: [x, y]}\n  block: |\n    one\n    two\n  tagged: !ENV ${URL}\n  var: !env URL\n  none: ~\n  no: NO\n  é: ü # ä\nlist:\n- a: 1\n  b: 2\n-   - deep\n";
    let tree = clean(&[("c.yaml", text)]);
    assert_eq!(tree.value("c.yaml", "llm.base_url"), "https://y.example/v1");
    assert_eq!(tree.at("c.yaml", "llm.quoted").unwrap().value, "it's");
    assert_eq!(tree.value("c.yaml", "llm.double"), "a b");
    assert_eq!(tree.value("c.yaml", "llm.flow.b.1"), "y");
    assert_eq!(tree.value("c.yaml", "llm.block"), "one\ntwo\n");
    assert_eq!(tree.at("c.yaml", "llm.tagged").unwrap().value, "${URL}");
    assert_eq!(tree.at("c.yaml", "llm.var").unwrap().value, "${URL}");
    assert_eq!(tree.at("c.yaml", "llm.none").unwrap().scalar, Scalar::Null);
    assert_eq!(tree.value("c.yaml", "llm.no"), "NO");
    assert_eq!(tree.value("c.yaml", "llm.é"), "ü");
    assert_eq!(tree.value("c.yaml", "list.0.b"), "2");
    assert_eq!(tree.value("c.yaml", "list.1.0"), "deep");
    assert_eq!(tree.files.slice(tree.at("c.yaml", "llm.base_url").unwrap().key_span), "base_url");
}

#[test]
fn toml_shapes() {
    let text = "model = \"m\"\n[llm]\nbase_url = 'https://t.example/v1'\nlong = \"\"\"\nx\"\"\"\non = false\nn = 1_000\nd = 2026-01-01\n[[model]]\nid = \"never\"\n".replace("[[model]]", "[[models]]");
    let tree = clean(&[("c.toml", &format!("{text}[[models]]\nid = 'b'\ninline = {{ a = [1, \"z\"] }}\n"))]);
    assert_eq!(tree.value("c.toml", "model"), "m");
    assert_eq!(tree.value("c.toml", "llm.base_url"), "https://t.example/v1");
    assert_eq!(tree.value("c.toml", "llm.on"), "false");
    assert_eq!(tree.value("c.toml", "models.1.id"), "b");
    assert_eq!(tree.value("c.toml", "models.1.inline.a.1"), "z");
    assert_eq!(tree.files.slice(tree.at("c.toml", "llm.base_url").unwrap().key_span), "base_url");
}

#[test]
fn terraform() {
    let tree = clean(&[
        (
            "infra/main.tf",
            "variable \"url\" {\n  default = \"https://d.example/v1\"\n}\nlocals {\n  model = \"m-1\"\n}\nresource \"aws_lambda_function\" \"f\" {\n  environment {\n    variables = {\n      URL   = var.url\n      MODEL = \"${local.model}-x\"\n      PICK  = var.on ? \"a\" : \"b\"\n    }\n  }\n  tags = { NAME = \"t\" }\n}\n",
        ),
        ("infra/prod.tfvars", "url = \"https://p.example/v1\"\n"),
        ("other/x.tfvars", "url = \"https://other.example\"\n"),
    ]);
    assert_eq!(tree.expanded("URL"), ["https://p.example/v1", "https://d.example/v1"]);
    assert_eq!(tree.expanded("MODEL"), ["m-1-x"]);
    assert_eq!(tree.env("PICK"), ["a", "b"]);
    assert_eq!(tree.value("infra/main.tf", "resource.aws_lambda_function.f.tags.NAME"), "t");
    assert!(tree.env("NAME").is_empty());
    let url = tree.settings.env("URL").next().unwrap();
    assert_eq!((tree.files.slice(url.span), tree.files.slice(url.key_span)), ("var.url", "URL"));
}

#[test]
fn notebooks() {
    let text = "{\"cells\": [{\"cell_type\": \"code\", \"source\": [\"%env URL=https://nb.example/v1\\n\", \"x = 1\\n\", \"%env MODEL m-1\"]}, {\"source\": \"!KEYED=1 python a.py\\n%set_env LAST=2\"}, {\"outputs\": [\"%env NO=1\"], \"source\": []}]}";
    let tree = clean(&[("a.ipynb", text)]);
    assert_eq!(tree.env("URL"), ["https://nb.example/v1"]);
    assert_eq!(tree.env("MODEL"), ["m-1"]);
    assert_eq!(tree.env("KEYED"), ["1"]);
    assert_eq!(tree.env("LAST"), ["2"]);
    assert!(tree.env("NO").is_empty());
    assert_eq!(tree.value("a.ipynb", "URL"), "https://nb.example/v1");
}

#[test]
fn references_are_followed() {
    let tree = clean(&[
        (
            ".env",
            "HOST=h.example\nURL=https://${HOST}/v1\nA=${B:-${C:-last}}\nB=$A\nLOOP=${POOL}\nPOOL=${LOOP}\nKEPT='${HOST}'\nREQ=${NEED:?must be set}\nALT=${HOST:+set}\nEMPTY=\nD=${EMPTY:-full}\n",
        ),
        (
            "docker-compose.yml",
            "services:\n  a:\n    environment:\n      URL2: ${URL:-https://default.example}\n      SELF: ${SELF:-https://self.example}\n      PLAIN: ${UNSET}\n",
        ),
        ("application.yml", "llm:\n  url: ${LLM_URL:https://spring.example}\n  same: ${llm.url}\n"),
        ("proxy.yaml", "m:\n  key: os.environ/HOST\n"),
    ]);
    assert_eq!(tree.expanded("URL"), ["https://h.example/v1"]);
    assert_eq!(tree.expanded("A"), ["last"]);
    assert_eq!(tree.expanded("LOOP"), ["${POOL} ?POOL"]);
    assert_eq!(tree.expanded("KEPT"), ["${HOST}"]);
    assert_eq!(tree.expanded("REQ"), ["${NEED:?must be set} ?NEED"]);
    assert_eq!(tree.expanded("D"), ["full"]);
    assert_eq!(tree.expanded("URL2"), ["https://h.example/v1", "https://default.example"]);
    assert_eq!(tree.expanded("SELF"), ["https://self.example"]);
    assert_eq!(tree.expanded("PLAIN"), ["${UNSET} ?UNSET"]);
    let url2 = tree.settings.env("URL2").next().unwrap();
    let found = tree.settings.expand(url2);
    assert_eq!(found[0].via.iter().map(|s| s.key.as_str()).collect::<Vec<_>>(), ["URL", "HOST"]);
    assert_eq!((found[1].via.len(), found[1].defaulted.as_slice()), (0, &["URL".to_owned()][..]));
    let spring = tree.at("application.yml", "llm.same").unwrap();
    assert_eq!(tree.settings.expand(spring)[0].value, "https://spring.example");
    let proxy = tree.at("proxy.yaml", "m.key").unwrap();
    assert_eq!(tree.settings.expand(proxy)[0].value, "h.example");
}

#[test]
fn long_chains_and_many_branches_end() {
    let mut text: String = (0..200).map(|n| format!("V{n}=${{V{}}}\n", n + 1)).collect();
    text.push_str("WIDE=${X}${X}${X}${X}${X}${X}${X}${X}${X}\n");
    let other: Vec<(String, String)> = (0..40).map(|n| (format!("d{n}/.env"), format!("X=x{n}\n"))).collect();
    let mut entries: Vec<(&str, &str)> = other.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    entries.push((".env", &text));
    let tree = clean(&entries);
    assert_eq!(tree.expanded("V0").len(), 1);
    assert_eq!(tree.expanded("WIDE").len(), 32);
    // Every level refers twice to forty definitions of the next.
    let level: String = (0..20).map(|n| format!("W{n}=${{W{m}}}${{W{m}}}\n", m = n + 1)).collect();
    let many: Vec<(String, &str)> = (0..40).map(|n| (format!("d{n}/.env"), level.as_str())).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(p, t)| (p.as_str(), *t)).collect();
    let tree = clean(&many);
    assert!(!tree.settings.expand(tree.settings.env("W0").next().unwrap()).is_empty());
}

#[test]
fn secrets_are_never_kept() {
    let tree = clean(&[
        (
            ".env",
            "LLM_API_KEY=sk-abcdefghijklmnop\nDB=postgres://u:verysecretpw@db/x\nMAX_TOKENS=100\nBASE_URL=https://a.example/v1\n",
        ),
        (
            "a.json",
            "{\"apiKey\": \"abcdefgh12345678\", \"headers\": {\"Authorization\": \"Bearer abcdefgh12345678\"}, \"api_key\": \"os.environ/KEY\"}",
        ),
        (
            ".github/workflows/x.yml",
            "jobs:\n  a:\n    steps:\n      - run: |\n          export LLM_API_KEY=sk-abcdefghijklmnop\n          curl https://x\n",
        ),
    ]);
    assert_eq!(tree.env("LLM_API_KEY"), ["sk-a…", "sk-a…"]);
    assert!(tree.settings.env("LLM_API_KEY").next().unwrap().secret);
    assert_eq!(tree.env("DB"), ["postgres://u:ve…@db/x"]);
    assert_eq!(tree.env("MAX_TOKENS"), ["100"]);
    assert_eq!(tree.env("BASE_URL"), ["https://a.example/v1"]);
    assert_eq!(tree.value("a.json", "apiKey"), "abcd…");
    assert_eq!(tree.value("a.json", "api_key"), "os.environ/KEY");
    let all = format!("{:?}", tree.settings);
    for secret in ["abcdefghijklmnop", "verysecretpw", "abcdefgh12345678"] {
        assert!(!all.contains(secret), "{secret}");
    }
}

#[test]
fn broken_files_are_told_and_still_read() {
    let tree = tree(&[
        ("a.json", "{\"before\": \"1\", \"x\" \"2\", \"after\": \"3\"}"),
        ("b.json", "{\"before\": \"1\",\n \"open\": \"never closed,\n \"after\": \"3\"\n}"),
        ("c.json", "{\"before\": {\"in\": \"1\"}"),
        ("d.yaml", "before: 1\nbad: [1, 2\nafter: 3\n\tx: y\n"),
        ("e.toml", "before = \"1\"\nbad = \nafter = \"3\"\n"),
        ("f.tf", "before = \"1\"\nbad = = {\nafter = \"3\"\n"),
        ("g.json", "[1, 2}}}}]]] \"x\""),
        ("h.json", ""),
    ]);
    for file in ["a.json", "b.json", "d.yaml", "e.toml", "f.tf"] {
        assert_eq!(tree.value(file, "before"), "1", "{file}");
        assert_eq!(tree.value(file, "after"), "3", "{file}");
    }
    assert_eq!(tree.value("c.json", "before.in"), "1");
    let told: Vec<_> = tree.notices.iter().map(|n| (n.path.as_str(), n.kind, n.line.is_some())).collect();
    let expected = ["a.json", "b.json", "c.json", "d.yaml", "e.toml", "f.tf", "g.json"]
        .map(|p| (p, NoticeKind::Partial, true));
    assert_eq!(told, expected);
}

#[test]
fn deep_nesting_ends() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let text = format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
        let tree = tree(&[
            ("a.json", &text),
            ("b.yaml", &text),
            ("c.toml", &format!("a = {text}")),
            ("d.tf", &format!("a = {text}")),
        ]);
        assert!(tree.notices.len() >= 4, "{:?}", tree.notices);
    }
    let indented: String = (0..200).map(|n| format!("{}k{n}:\n", " ".repeat(n))).collect();
    assert_eq!(tree(&[("a.yaml", &indented)]).notices.len(), 1);
}

#[test]
fn a_file_of_one_mistake_ends() {
    let of = |piece: &str| piece.repeat(150_000 / piece.len());
    let texts = [
        "${",
        "A=\"x\n",
        "A='x\n",
        "\"",
        "$(",
        "- ",
        "{{",
        "a: \"\n",
        "\\\n",
        "é",
        "a=${b:-",
        "x: &a *a\n",
        "A=1\n",
    ]
    .map(of);
    for text in &texts {
        let paths = [
            ".env",
            "run.sh",
            "Dockerfile",
            "a.ini",
            "a.properties",
            "a.service",
            "a.yaml",
            "charts/a/templates/b.yaml",
            "model.json",
            "model.toml",
            "a.tf",
            "model.ipynb",
        ];
        let tree = tree(&paths.map(|path| (path, text.as_str())));
        assert!(tree.notices.iter().all(|n| n.kind != NoticeKind::Internal), "{:?}", tree.notices);
    }
}

#[test]
fn alias_bombs_end() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for n in 1..12 {
        let aliases = vec![format!("*a{}", n - 1); 10].join(", ");
        text.push_str(&format!("a{n}: &a{n} [{aliases}]\n"));
    }
    let tree = tree(&[("bomb.yaml", &text), ("self.yaml", "a: &a\n  b: *a\n  c: 1\n")]);
    assert!(tree.settings.iter().count() < 20_000);
    assert_eq!(
        tree.notices.iter().map(|n| (n.path.as_str(), n.kind)).collect::<Vec<_>>(),
        [("bomb.yaml", NoticeKind::Budget)]
    );
    assert_eq!(tree.value("self.yaml", "a.c"), "1");
}

#[test]
fn a_file_holds_so_many_settings_and_no_more() {
    let text: String = (0..50_010).map(|n| format!("k{n}=1\n")).collect();
    let tree = tree(&[("a.ini", &text)]);
    assert_eq!(tree.settings.iter().count(), 50_000);
    assert_eq!(tree.notices[0].kind, NoticeKind::Budget);
    assert_eq!(tree.notices[0].line, Some(50_001));
}

#[test]
fn large_data_files_are_no_configuration() {
    let rows = |word: &str| format!("[{}]", vec![format!("{{\"{word}\": \"value\"}}"); 5_000].join(","));
    let tree = clean(&[
        ("data.json", &rows("row")),
        ("models.json", &rows("Model")),
        ("package-lock.json", "{\"a\": 1}"),
        ("tsconfig.json", "{\"a\": 1}"),
    ]);
    assert_eq!(tree.settings.iter().count(), 5_000);
}

#[test]
fn json_lines_are_read_one_by_one() {
    let tree = clean(&[("rows.json", "{\"a\": {\"b\": 1}}\n{\"a\": {\"b\": 2}}\n[3]\n")]);
    assert_eq!(tree.value("rows.json", "a.b"), "2");
    assert_eq!(tree.value("rows.json", "0"), "3");
}

#[test]
fn prompts_with_template_tags_are_plain_yaml() {
    let text = "prompt: |\n  {% for x in y %}\n  {{ x }}\nmodel: m-1\nquoted: \"{{ z }}\"\n";
    let tree = clean(&[("prompt.yaml", text), ("app.env.ts", "const A=1"), ("notes.env.md", "A=1")]);
    assert_eq!(tree.value("prompt.yaml", "prompt"), "{% for x in y %}\n{{ x }}\n");
    assert_eq!(tree.value("prompt.yaml", "model"), "m-1");
    assert!(tree.env("A").is_empty());
}

/// One file of every format, for mutation.
const SEEDS: &[(&str, &str)] = &[
    (".env", "A=\"b c\" # é\nexport B='x\ny'\n# C=1\nD=${A:-${B}}\n"),
    ("run.sh", "export A=\"x é\" && B=${C:-d} run -e D=1 \\\n  --env=E='2'; F := g\n"),
    ("Dockerfile", "ARG A=1\nENV B=$A \\\n C=\"é d\"\nENV D e f\n"),
    ("Procfile", "web: A=1 b\n"),
    ("a.service", "[Service]\nEnvironment=\"A=é 1\" B=2\n"),
    ("a.properties", "a.b\\=c=d\\\n e\nf g\n"),
    ("a.ini", "[s]\na = 'b' ; c\nproxy_pass http://é;\n"),
    ("a.ipynb", "{\"cells\": [{\"source\": [\"%env A=é\\n\", \"!B=1 c\"]}]}"),
    (
        "docker-compose.yml",
        "x-a: &a {K: é}\nservices:\n  w:\n    environment:\n      <<: *a\n      B: !env C\n  v:\n    environment: [D=1, 'E=é']\n",
    ),
    (
        "charts/a/templates/b.yaml",
        "env:\n  - name: A\n    value: {{ .Values.é | default \"x\" }}\n  - {{ b }}\n",
    ),
    (
        ".github/workflows/a.yml",
        "jobs:\n  a:\n    steps:\n      - run: |\n          export A=é\n        env: {B: \"${{ env.A || 'c' }}\"}\n",
    ),
    ("a.json", "{\"a\": [1, {\"b\": 'é'}, null], // c\n \"env\": {\"A\": \"${B}\"},}"),
    ("a.toml", "a = \"\"\"é\"\"\"\n[env]\nA = 'b'\n[[c]]\nd = [1, {e = 2}]\n"),
    (
        "a.tf",
        "variable \"a\" {\n  default = \"é\"\n}\nb = { env = { A = var.a, B = \"${var.a}/x\" } }\nc = <<E\nx\nE\n",
    ),
];

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 64, failure_persistence: None, ..Default::default() })]

    /// Whatever a file holds, reading ends, ranges fit, and no reader gives up on it.
    #[test]
    fn mutated_files_are_read(cuts in proptest::collection::vec((0usize..200, 0usize..6, "[\"'{}\\[\\]:=#$\\\\|&*<>!%é\n\r\t -]{0,4}"), 1..4)) {
        let mutated: Vec<(&str, String)> = SEEDS.iter().map(|(path, text)| {
            let mut text = (*text).to_owned();
            for (at, length, insert) in &cuts {
                let at = text.floor_char_boundary(*at % (text.len() + 1));
                let end = text.floor_char_boundary((at + length).min(text.len())).max(at);
                text.replace_range(at..end, insert);
            }
            (*path, text)
        }).collect();
        let entries: Vec<(&str, &str)> = mutated.iter().map(|(p, t)| (*p, t.as_str())).collect();
        let tree = tree(&entries);
        for setting in tree.settings.iter() {
            tree.settings.expand(setting);
        }
        proptest::prop_assert!(tree.notices.iter().all(|n| n.kind != NoticeKind::Internal), "{:?} in {:?}", tree.notices, mutated);
    }
}

#[test]
fn files_are_found_as_programs_mean_them() {
    let tree = clean(&[
        ("api/config/chat.yaml", "llm:\n  Base_Url: https://api.example\n  hosts: [a, b]\n"),
        ("web/config/chat.yaml", "llm:\n  base_url: https://web.example\n"),
        ("web/other.example.yaml", "x: 1\n"),
        ("settings.toml", "[production]\nurl = \"https://prod.example\"\n"),
    ]);
    let path = |path: &str, from_root: bool, near: &str| {
        tree.settings.locate(path, from_root, near).map(|id| tree.files.get(id).path.to_string())
    };
    assert_eq!(path("config/chat.yaml", false, "web/app.py").unwrap(), "web/config/chat.yaml");
    assert_eq!(path("./config/../config/chat.yaml", false, "api/x/app.py").unwrap(), "api/config/chat.yaml");
    assert_eq!(path("config/chat.yaml", true, "web/app.py"), None);
    assert_eq!(path("other.yaml", false, "web/app.py").unwrap(), "web/other.example.yaml");
    assert_eq!(path("at.yaml", false, "web/app.py"), None, "`chat.yaml` is another name");
    let named = |file: &str, levels: &[&str], sections: &[&str]| -> Vec<String> {
        let own = |all: &[&str]| all.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        let found = tree.settings.named(tree.files.find(file).unwrap(), &own(levels), &own(sections));
        found.iter().map(|s| s.value.clone()).collect()
    };
    assert_eq!(named("api/config/chat.yaml", &["llm", "base_url"], &[]), ["https://api.example"]);
    assert_eq!(named("api/config/chat.yaml", &["llm", "hosts", "[]"], &[]), ["a", "b"]);
    assert!(named("settings.toml", &["url"], &[]).is_empty());
    assert_eq!(named("settings.toml", &["URL"], &["production"]), ["https://prod.example"]);
}

#[test]
fn a_service_sets_variables_for_the_folder_it_is_built_from() {
    let tree = clean(&[(
        "deploy/compose.yaml",
        "services:\n  web:\n    build: ../web\n    environment: [U=web]\n  jobs:\n    build: {context: ../jobs}\n    environment: [U=jobs]\n  db:\n    image: x\n    environment: [U=db]\n",
    )]);
    let seen = |file: &str| -> Vec<String> {
        tree.settings.env_for("U", file).iter().map(|s| s.value.clone()).collect()
    };
    assert_eq!(seen("web/app.py"), ["web", "db"]);
    assert_eq!(seen("jobs/a/b.py"), ["jobs", "db"]);
    assert_eq!(seen("website/app.py"), ["web", "jobs", "db"], "nobody builds this folder");
}
