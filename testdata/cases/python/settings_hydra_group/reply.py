import hydra
from omegaconf import DictConfig
from openai import OpenAI


def reply(cfg: DictConfig, email: str) -> str:
    client = OpenAI(base_url=cfg.llm.url, api_key="unused")
    # flow: pii.contact.email -> deepseek/foreign
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": f"Answer {email} politely."}],
    )
    return answer.choices[0].message.content


@hydra.main(version_base=None, config_path="conf", config_name="config")
def main(cfg: DictConfig) -> None:
    print(reply(cfg, input("address: ")))
