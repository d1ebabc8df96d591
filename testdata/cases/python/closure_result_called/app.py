from openai import OpenAI

service = OpenAI(base_url="https://api.deepseek.com")


def labelled(label):
    def ask(question):
        # flow: gov_id.ssn -> deepseek/foreign
        return service.chat.completions.create(
            model=label, messages=[{"role": "user", "content": question}]
        )

    return ask


def check(customer):
    send = labelled("deepseek-chat")
    return send(f"Is {customer.ssn} well formed?")
