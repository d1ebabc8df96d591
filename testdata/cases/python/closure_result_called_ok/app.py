from openai import OpenAI

service = OpenAI(base_url="https://api.deepseek.com")


def labelled(label):
    def ask(question):
        # call: deepseek/foreign
        return service.chat.completions.create(
            model=label, messages=[{"role": "user", "content": question}]
        )

    return ask


def check(customer):
    send = labelled("deepseek-chat")
    print(customer.ssn)
    return send("Is 42 well formed?")
