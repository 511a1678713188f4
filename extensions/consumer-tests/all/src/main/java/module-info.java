module consumer {
    requires dev.geotherm.commonspool2;
    requires dev.geotherm.engine;
    requires dev.geotherm.langchain4j;
    requires dev.geotherm.openai;
    requires dev.geotherm.platform;
    requires tools.jackson.databind;
}
