from copy import deepcopy
from openai import OpenAI
def policies(name, *, backend, conf=None, extra=None):
    out = deepcopy(conf) if conf else {}
    if "q" in (name or ""):
        if backend == "l":
            out["think"] = flag
    if backend == "base":
        return (out, extra)
class Base:
    def __init__(self):
        self.ai = OpenAI(base_url="https://api.deepseek.com")
    def simple(self, h, conf):
        conf, extra = policies(self.name, backend="base", conf=conf, extra={})
        kw = {"model": self.name, "messages": h, **conf}
        kw.update(extra)
        # call: deepseek/foreign
        return self.ai.chat.completions.create(**kw)
    def f0(self, h, conf, rows):
        conf = self.clean(conf)
        conf, extra = policies(self.name, backend="base", conf=conf, extra={})
        def note(r):
            self.usage = dict(tot)
        for a in range(self.n + 1):
            try:
                for b in range(self.m + 1):
                    # call: deepseek/foreign
                    r = self.ai.chat.completions.create(model=self.name, messages=h, tools=self.tools, **conf, **extra)
                    if not hasattr(r.choices[0].message, "t") or not r.choices[0].message.t:
                        if r.choices[0].finish == "length":
                            ans = self.stop(ans)
                    def run(tc):
                        try:
                            if hasattr(self.session, "x"):
                                pass
                        except Exception:
                            pass
                    h = self.append(h, results)
                    for tc, name, args, result, err in results:
                        ans += self.verbose(name, args, err if err else result)
                # call: deepseek/foreign
                r = self.ai.chat.completions.create(model=self.name, messages=h, **conf, **extra)
            except Exception as e:
                e = self.failed(e, a)
    def f1(self, h, conf, rows):
        conf = self.clean(conf)
        conf, extra = policies(self.name, backend="base", conf=conf, extra={})
        def note(r):
            self.usage = dict(tot)
        for a in range(self.n + 1):
            try:
                for b in range(self.m + 1):
                    # call: deepseek/foreign
                    r = self.ai.chat.completions.create(model=self.name, messages=h, tools=self.tools, **conf, **extra)
                    if not hasattr(r.choices[0].message, "t") or not r.choices[0].message.t:
                        if r.choices[0].finish == "length":
                            ans = self.stop(ans)
                    def run(tc):
                        try:
                            if hasattr(self.session, "x"):
                                pass
                        except Exception:
                            pass
                    h = self.append(h, results)
                    for tc, name, args, result, err in results:
                        ans += self.verbose(name, args, err if err else result)
                # call: deepseek/foreign
                r = self.ai.chat.completions.create(model=self.name, messages=h, **conf, **extra)
            except Exception as e:
                e = self.failed(e, a)
    def failed(self, e, a):
        self.err = e
        return e
    def verbose(self, x, y):
        self.log = x
        return str(y)
    def length_stop(self, s):
        return s + "..."
    def append(self, h, rows):
        return h + rows

